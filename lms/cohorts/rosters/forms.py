"""Forms of rosters: the cohort and the file, then which column says what."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import LabelledChoiceField
from ..models import Cohort, Institution, Programme
from ..types import Access
from ..years import academic_year, years_around
from .layouts import FIELDS, NEEDED, Header
from .limits import MAX_BYTES
from .models import RosterImport

NOT_READ = ""


class CohortChoiceField(LabelledChoiceField):
    """A cohort, by its name, its year and its institution."""

    def label_from_instance(self, obj: Cohort) -> str:
        """Return the name of a cohort in a list."""
        return f"{obj.name}, {obj.academic_year} – {obj.institution.name}"


class RosterForm(forms.Form):
    """Where the list goes, what becomes of those it does not name, and the file."""

    cohort = CohortChoiceField(Cohort.objects.none(), label=_("Cohorte"), required=False, empty_label=_("Choisissez…"))
    file = forms.FileField(
        label=_("Fichier de la liste"),
        help_text=_("CSV, XLSX ou ODS, 20 Mo et 50 000 lignes au plus."),
        error_messages={"required": _("Choisissez un fichier."), "empty": _("Le fichier est vide.")},
    )
    mode = forms.ChoiceField(
        label=_("Ce que la liste change"),
        widget=forms.RadioSelect,
        initial=RosterImport.Mode.ADD,
        choices=[
            (RosterImport.Mode.ADD, _("Ajouter : inscrire ceux qu’elle nomme, ne faire sortir personne")),
            (RosterImport.Mode.REPLACE, _("Remplacer : ceux qu’elle ne nomme pas sortent de la cohorte")),
        ],
    )
    name = forms.CharField(label=_("Nom de la nouvelle cohorte"), max_length=120, required=False)
    institution = LabelledChoiceField(Institution.objects.none(), label=_("Établissement"), required=False)
    programme = LabelledChoiceField(Programme.objects.none(), label=_("Filière"), required=False)
    academic_year = forms.ChoiceField(label=_("Année universitaire"), required=False)

    def __init__(self, *args: Any, access: Access, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        houses = Institution.objects.standing().filter(pk__in=access.coordinated).order_by("name")
        cohorts = Cohort.objects.filter(institution_id__in=access.coordinated, closed_at=None)
        self._fill("cohort", cohorts.select_related("institution").order_by("-academic_year", "name", "pk"))
        self._fill("institution", houses)
        self._fill("programme", Programme.objects.order_by("title"))
        year = self.fields["academic_year"]
        assert isinstance(year, forms.ChoiceField)
        year.choices = [(one, one) for one in years_around(today)]
        year.initial = academic_year(today)

    def _fill(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean_file(self) -> Any:
        """Refuse a file that is too large before anything reads it."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("Le fichier dépasse %(most)d Mo. Retirez les feuilles inutiles, ou coupez la liste."),
                params={"most": MAX_BYTES // 2**20},
            )
        return file

    def clean(self) -> dict[str, Any]:
        """A list goes to one cohort: one that is there, or a new one that is named whole."""
        said = super().clean() or {}
        if said.get("cohort"):
            return said
        if not said.get("name"):
            self.add_error("cohort", _("Choisissez une cohorte, ou nommez-en une nouvelle ci-dessous."))
        else:
            for field in ("institution", "programme", "academic_year"):
                if not said.get(field):
                    self.add_error(field, _("À préciser pour une nouvelle cohorte."))
        return said


class MappingForm(forms.Form):
    """One choice of column for each thing that may be kept."""

    def __init__(self, *args: Any, header: Header, mapping: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        columns = [(str(place), label) for place, label in enumerate(header.labels)]
        for name, label in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[(NOT_READ, _("aucune colonne")), *columns],
                required=name in NEEDED,
                initial=str(mapping[name]) if name in mapping else NOT_READ,
                error_messages={
                    "required": _("Désignez la colonne."),
                    "invalid_choice": _("Choisissez dans la liste."),
                },
            )

    @property
    def mapping(self) -> dict[str, int]:
        """Return field → place of the column, from 0."""
        return {name: int(place) for name, place in self.cleaned_data.items() if place != NOT_READ}
