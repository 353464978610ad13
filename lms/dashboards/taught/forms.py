"""The form of hours of class."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.types import FrameworkTree
from lms.cohorts.api import Cohort

from ..models import TaughtHours
from ..pages import DayField, LongMenu

Cohorts = Collection[Cohort]


class HoursForm(forms.Form):
    """How long, when, about what; without anybody's name."""

    cohort = forms.ChoiceField(label=_("Cohorte"), widget=LongMenu)
    taught_date = DayField(label=_("Jour"))
    hours = forms.DecimalField(
        label=_("Durée, en heures"),
        min_value=0,
        max_value=12,
        decimal_places=2,
        localize=True,
        help_text=_("1,5 pour une heure et demie."),
        error_messages={"invalid": _("Écrivez un nombre d’heures : 1,5.")},
    )
    competencies = forms.MultipleChoiceField(
        label=_("Compétences travaillées"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une compétence dans la liste.")},
    )
    note = forms.CharField(
        label=_("Remarque"),
        max_length=200,
        required=False,
        help_text=_("Ce qui a été fait : TD, conférence, simulation. Jamais le nom d’une personne."),
    )

    def __init__(self, data: Any, *, cohorts: Cohorts, framework: FrameworkTree, language: str, **options: Any) -> None:
        super().__init__(data, **options)
        self._cohorts = {str(cohort.uuid): cohort for cohort in cohorts}
        choice, parts = self.fields["cohort"], self.fields["competencies"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(parts, forms.MultipleChoiceField)
        choice.choices = [("", _("Choisir")), *((key, str(cohort)) for key, cohort in self._cohorts.items())]
        parts.choices = [
            (domain.title(language), [(part.code, part.title(language)) for part in domain.competencies])
            for domain in framework.domains
        ]

    def by_domain(self) -> list[tuple[str, list[Any]]]:
        """Return the boxes of competencies, domain by domain."""
        found: dict[str, list[Any]] = {}
        titles = [title for title, choices in self.fields["competencies"].choices for _code in choices]  # type: ignore[attr-defined]
        for title, box in zip(titles, self["competencies"], strict=True):
            found.setdefault(title, []).append(box)
        return list(found.items())

    def facts(self) -> dict[str, Any]:
        """Return what the services ask for."""
        cleaned: Mapping[str, Any] = self.cleaned_data
        return {
            "taught_date": cleaned["taught_date"],
            "minutes": round(60 * cleaned["hours"]),
            "competencies": cleaned["competencies"],
            "note": cleaned["note"],
        }

    def chosen_cohort(self) -> Cohort:
        """Return the cohort these hours were given to."""
        return self._cohorts[self.cleaned_data["cohort"]]


def initial_of(taught: TaughtHours) -> dict[str, Any]:
    """Return what a form shows of an entry."""
    return {
        "cohort": str(taught.cohort.uuid),
        "taught_date": taught.taught_date,
        "hours": round(taught.minutes / 60, 2),
        "competencies": [one.code for one in taught.competencies.all()],
        "note": taught.note,
    }
