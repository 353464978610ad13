"""The form of an item: real fields for what everybody writes, a structured text for the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from wagtail import blocks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from question_bank.interactions.building import WORDINGS
from question_bank.itemfiles.item_shape import KEY as KEY_SHAPE
from question_bank.models import digest_of
from question_bank.shapes import Keys, Problem

from . import labels, sheet
from .artefact_blocks import artefact_block
from .gates import judge, typed
from .sentences import about, in_words, typeset
from .structured import NotReadable, Structured, read

STRUCTURED: Final = ("answer", *(f"{name}_more" for name in WORDINGS))


@dataclass(frozen=True)
class Told:
    """Something to mend, as an author reads it: where, why, and the field of the form it is about."""

    field: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place[:1].upper()}{self.place[1:]} : {self.sentence}"


def _text(label: Any, help_text: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, **options)


def _long(label: Any, help_text: Any = "") -> forms.CharField:
    return _text(label, help_text, widget=AdminAutoHeightTextInput())


def _code(label: Any, help_text: Any) -> forms.CharField:
    """A structured text: its spaces mean something, at the start of a line too."""
    widget = AdminAutoHeightTextInput(attrs={"class": "structured", "spellcheck": "false"})
    return _text(label, help_text, widget=widget, strip=False)


def _date(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=False, widget=AdminDateInput())


def _choice_block(is_french: bool) -> blocks.StreamBlock:
    """A stream of one kind of block: Wagtail draws no list of blocks alone."""
    fields: list[tuple[str, blocks.Block]] = [
        ("text", blocks.CharBlock(label=lazy("Texte"), required=False)),
        ("rationale", blocks.TextBlock(label=lazy("Pourquoi, en deux phrases au plus"), required=False, rows=2)),
    ]
    if is_french:
        fields += [
            ("is_key", blocks.BooleanBlock(label=lazy("Bonne réponse"), required=False)),
            ("value", blocks.IntegerBlock(
                label=lazy("Rang ou points"), required=False, min_value=0, max_value=9,
                help_text=lazy("Mise en ordre : son rang. Choix gradué : ses points."),
            )),
        ]  # fmt: skip
    name = lazy("Sa lettre, la même dans chaque langue ; donnée d’elle-même si elle manque.")
    fields.append(("id", blocks.CharBlock(label=lazy("Lettre"), required=False, max_length=20, help_text=name)))
    return blocks.StreamBlock(
        [("choice", blocks.StructBlock(fields, label=lazy("Choix"), icon="radio-full"))], required=False
    )


def _wording_fields(name: str) -> dict[str, forms.Field]:
    paragraphs = lazy("Une ligne vide sépare deux paragraphes.")
    return {
        f"{name}_title": _text(lazy("Titre"), lazy("60 caractères au plus.")),
        f"{name}_context": _long(lazy("Contexte"), paragraphs),
        f"{name}_artefact": blocks.BlockField(artefact_block(), label=lazy("Document montré"), required=False),
        f"{name}_question": _long(lazy("Question"), lazy("Une phrase.")),
        f"{name}_choices": blocks.BlockField(_choice_block(name == "fr"), label=lazy("Choix"), required=False),
        f"{name}_feedback": _long(lazy("À retenir"), lazy("La règle, en une à quatre phrases.")),
        f"{name}_more": _code(
            lazy("Autres formats : le reste, en texte structuré"),
            lazy("Pour une réponse courte, un nombre, une association… : voir le guide des auteurs."),
        ),
    }


class BaseItemForm(WagtailAdminModelForm):  # type: ignore[misc]
    """What is common to every language; `is_submitting`: the gates then decide whether it is valid."""

    is_submitting = False
    base = forms.CharField(widget=forms.HiddenInput(), required=False)
    key = _text(lazy("Clé"), lazy("Des mots en minuscules reliés par des tirets ; elle ne change plus ensuite."))
    interaction = forms.ChoiceField(label=lazy("Interaction"), choices=labels.interactions, required=False)
    competency = forms.ChoiceField(label=lazy("Compétence"), required=False)
    capacity = forms.ChoiceField(label=lazy("Capacité"), required=False)
    difficulty = forms.TypedChoiceField(label=lazy("Difficulté attendue"), coerce=int, empty_value=None, required=False)
    audiences = forms.MultipleChoiceField(
        label=lazy("Publics"), choices=list(labels.AUDIENCES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    professions = forms.MultipleChoiceField(
        label=lazy("Professions"), choices=labels.professions, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Aucune : la situation est pour toutes."),
    )  # fmt: skip
    enemies = _text(lazy("Incompatibles"), lazy("Les clés des situations qui donnent la réponse, entre virgules."))
    cluster = _text(
        lazy("Groupe"), lazy("Les situations qui demandent presque la même chose ; par défaut la capacité.")
    )
    source_authority = _text(lazy("Texte ou organisme"))
    source_url = _text(lazy("Adresse"))
    source_checked_at = _date(lazy("Lue le"))
    source_facts = _text(lazy("Faits"), lazy("Les identifiants des faits sur lesquels elle repose, entre virgules."))
    source_read = _long(lazy("Ce qui a été lu"))
    valid_from = _date(lazy("Valable depuis"), lazy("Depuis quand la règle s’applique."))
    valid_to = _date(
        lazy("Valable jusqu’au"), lazy("Le dernier jour, s’il est connu ; ensuite elle n’est plus servie.")
    )
    review_by = _date(lazy("À relire avant"), lazy("Elle revient alors dans la liste de son auteur."))
    answer = _code(lazy("Réponse attendue, en texte structuré"), lazy("Pour les formats autres qu’à choix."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill the fields from what the item says now."""
        super().__init__(*args, **kwargs)
        self.content: dict[str, Any] = {}
        self.refusals: list[Told] = []
        self.former: dict[str, Any] = self.instance.content or {}
        self._fill_choices()
        for name, value in {**sheet.to_fields(self.former), "base": digest_of(self.former)}.items():
            field = self.fields[name]
            self.initial[name] = field.block.to_python(value) if isinstance(field, blocks.BlockField) else value
        if self.instance.pk:
            self.fields["key"].disabled = True

    def _fill_choices(self) -> None:
        """Read the names now: they are in the language of the screen."""
        nothing = [("", "–")]
        self.fields["competency"].choices = [*nothing, *labels.competencies()]
        self.fields["capacity"].choices = [*nothing, *labels.capacities()]
        self.fields["difficulty"].choices = [*nothing, *labels.DIFFICULTIES.items()]

    def clean_key(self) -> str:
        """Refuse a key that no file could have: everything else may wait."""
        key, said = str(self.cleaned_data.get("key", "")), list[str]()
        KEY_SHAPE(key, ("key",), lambda _keys, sentence: said.append(in_words(sentence)))
        if said:
            raise forms.ValidationError(said)
        return key

    def clean(self) -> dict[str, Any]:
        """Put the item together; when it is submitted, let the gates say what is missing, beside each field."""
        cleaned: dict[str, Any] = super().clean()
        parts = {name: self._part(name, cleaned.get(name) or "") for name in STRUCTURED}
        written = sheet.to_content({name: plain(cleaned.get(name)) for name in self.fields}, parts, self.former)
        self.content = typed(typeset(written))
        self.instance.content = self.content
        if not self.instance.pk:
            self.instance.key = cleaned.get("key", "")
        if self.is_submitting and not self.errors:
            self.refusals = list(self.told(judge(self.content).problems, parts))
            for told in self.refusals:
                self.add_error(told.field or None, told.sentence if told.field else str(told))
        return cleaned

    def _part(self, name: str, text: str) -> Structured:
        try:
            return read(text)
        except NotReadable as error:
            self.add_error(name, _("Ligne %(line)d : %(why)s") % {"line": error.line, "why": in_words(error.sentence)})
            return Structured()

    def told(self, problems: tuple[Problem, ...], parts: Mapping[str, Structured]) -> Iterator[Told]:
        """Yield what the gates say, each with its field and, in a structured text, its line."""
        is_simple = sheet.has_choice_form(self.content)
        for keys, why in (about(*problem) for problem in problems):
            name, rest = sheet.field_of(keys, self.fields, is_simple)
            yield Told(name, labels.place(keys), _located(why, parts.get(name), rest))


def _located(sentence: str, part: Structured | None, rest: Keys) -> str:
    if part is None:
        numbers = [str(key + 1) for key in rest if isinstance(key, int)]
        return _("n° %(number)s : %(why)s") % {"number": numbers[0], "why": sentence} if numbers else sentence
    return _("Ligne %(line)d : %(why)s") % {"line": part.line(rest), "why": sentence} if part.value else sentence


def plain(value: Any) -> Any:
    """Return the value of a block as lists, mappings and texts."""
    if isinstance(value, blocks.StreamValue):
        return [{"type": child.block_type, "value": plain(child.value)} for child in value]
    if isinstance(value, blocks.list_block.ListValue):
        return [plain(child) for child in value]
    if isinstance(value, Mapping):
        return {name: plain(child) for name, child in value.items()}
    return value


_FIELDS: dict[str, Any] = {field: made for name in WORDINGS for field, made in _wording_fields(name).items()}
ItemForm = type("ItemForm", (BaseItemForm,), {"__doc__": BaseItemForm.__doc__, "__module__": __name__, **_FIELDS})
