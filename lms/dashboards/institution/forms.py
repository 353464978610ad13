"""The form by which an institution declares students validated: one, or a list."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.api import Cohort, Enrolment

from ..pages import DayField, LongMenu

MOST = 2000
SHOWN = 10
SEPARATORS = re.compile(r"[\s,;]+")


class DeclarationForm(forms.Form):
    """Whom, on which day, by what means."""

    cohort = forms.ChoiceField(label=gettext_lazy("Cohorte"), widget=LongMenu)
    numbers = forms.CharField(
        label=gettext_lazy("Numéros étudiants"),
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Un seul, ou une liste : un par ligne, ou séparés par des virgules."),
    )
    validated_date = DayField(label=gettext_lazy("Validés le"))
    means = forms.CharField(
        label=gettext_lazy("Par quel moyen"),
        max_length=200,
        help_text=gettext_lazy("L’examen ou l’enseignement validé : « UE 4.7, examen du 12 juin »."),
    )

    def __init__(self, data: Any = None, *, cohorts: Collection[Cohort], **options: Any) -> None:
        super().__init__(data, **options)
        self._cohorts = {str(cohort.uuid): cohort for cohort in cohorts}
        self._choose(self._cohorts)

    def offer(self, cohorts: Collection[Cohort]) -> None:
        """Offer only these cohorts, those that the page shows, and the one that was sent: a university has hundreds."""
        keys = [str(cohort.uuid) for cohort in cohorts]
        if self._cohorts and not keys:
            self.fields["cohort"].help_text = _(
                "Choisissez d’abord une filière, en haut de la page : ses cohortes seront ici."
            )
        sent = self.data.get("cohort", "") if self.is_bound else ""
        self._choose([*keys, sent] if sent in self._cohorts and sent not in keys else keys)

    def _choose(self, keys: Iterable[str]) -> None:
        choice = self.fields["cohort"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("Choisir")), *((key, str(self._cohorts[key])) for key in keys)]

    def clean_cohort(self) -> Cohort:
        """Return the cohort itself."""
        return self._cohorts[self.cleaned_data["cohort"]]

    def clean(self) -> dict[str, Any]:
        """Find everyone by their number: somebody unknown stops all, and is named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "cohort" in cleaned and "numbers" in cleaned:
            asked = list(dict.fromkeys(word for word in SEPARATORS.split(cleaned["numbers"]) if word))
            if len(asked) > MOST:
                self.add_error("numbers", _("Au plus %(most)d numéros à la fois.") % {"most": MOST})
            else:
                self._find(cleaned, asked)
        return cleaned

    def _find(self, cleaned: dict[str, Any], asked: list[str]) -> None:
        rows = Enrolment.objects.filter(cohort=cleaned["cohort"], student_number__in=asked)
        found = {one.student_number: one for one in rows.select_related("student").order_by("pk")}
        unknown = [number for number in asked if number not in found]
        if unknown:
            said = ", ".join(unknown[:SHOWN]) + (" …" if len(unknown) > SHOWN else "")
            sentence = _("Inconnus dans cette cohorte : %(numbers)s. Rien n’est encore déclaré.") % {"numbers": said}
            self.add_error("numbers", sentence)
        cleaned["enrolments"] = [found[number] for number in asked if number in found]
