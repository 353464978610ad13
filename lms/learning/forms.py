"""The forms of modules and journeys in /cms/: lists of codes as choices with their names."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from question_bank.api import competency_choices, profession_choices

from .audiences import AUDIENCES


def _several(label: Any, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)


def _professions() -> forms.MultipleChoiceField:
    sentence = _("Aucune : le module s’adresse à toutes.")
    return _several(_("Professions"), profession_choices, required=False, help_text=sentence)


ASKS = {"action-submit", "action-restart-workflow", "action-publish"}


class ListsForm(WagtailAdminPageForm):  # type: ignore[misc]
    """A form whose declared fields fill the JSON columns of its page; `LISTS`: field to column."""

    LISTS: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # Wagtail makes it from the title
        for field, column in self.LISTS.items():
            if field in self.fields and not self.is_bound:
                self.initial.setdefault(field, getattr(self.instance, column))

    def _post_clean(self) -> None:
        for field, column in self.LISTS.items():
            if field in self.cleaned_data:
                setattr(self.instance, column, list(self.cleaned_data[field]))
        super()._post_clean()
        if ASKS & set(self.data):
            self._ask_gates()

    def _ask_gates(self) -> None:
        """Say what is to mend before the page goes to its reviewer; a draft is saved whatever it lacks.

        Each thing is said by its field: Wagtail names the field above the page, counts on its tab, and leads there.
        """
        from .gates import placed_problems

        placed = placed_problems(self.instance)
        for name in dict.fromkeys(name for name, _sentence in placed):
            field = "main_competency" if name == "competencies" else name
            sentences = [sentence for one, sentence in placed if one == name]
            if field in self.fields:
                self.add_error(field, " ".join(sentences))  # a field of blocks shows one error: all in one
            else:
                self.add_error(None, sentences)

    def clean_slug(self) -> str:
        """Keep the address of what was published: others point at it."""
        slug = str(self.cleaned_data["slug"])
        if self.instance.first_published_at and slug != self.instance.slug:
            raise forms.ValidationError(_("L’adresse ne change plus une fois publiée : d’autres pages y mènent."))
        return slug


class ModuleForm(ListsForm):
    """A module: its main competency first, then the others."""

    LISTS = {"audiences": "audiences", "professions": "professions"}

    main_competency = forms.ChoiceField(label=_("Compétence principale"), choices=competency_choices)
    other_competencies = _several(_("Autres compétences"), competency_choices, required=False)
    audiences = _several(_("Publics"), AUDIENCES)
    professions = _professions()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, *others = self.instance.competencies or [""]
        self.initial.setdefault("main_competency", first)
        self.initial.setdefault("other_competencies", others)

    def _post_clean(self) -> None:
        first, others = self.cleaned_data.get("main_competency"), self.cleaned_data.get("other_competencies") or []
        if first:
            self.instance.competencies = [first, *(code for code in others if code != first)]
        super()._post_clean()


class JourneyForm(ListsForm):
    """A journey: the competencies of a short one."""

    LISTS = {"journey_competencies": "competencies", "professions": "professions"}

    journey_competencies = _several(_("Compétences"), competency_choices, required=False)
    professions = _professions()
