"""Forms of the team's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import DayField, LabelledChoiceField
from ..models import Cohort, Institution, RoleGrant


class InvitationForm(forms.Form):
    """Who is invited, as what, until when."""

    email = forms.EmailField(label=_("Adresse e-mail"), help_text=_("L’adresse professionnelle de la personne."))
    role = forms.ChoiceField(label=_("Rôle"))
    cohort = LabelledChoiceField(
        Cohort.objects.none(),
        label=_("Une seule cohorte"),
        required=False,
        empty_label=_("Toutes les cohortes"),
        help_text=_("Pour un enseignant qui n’en suit qu’une."),
    )
    until = DayField(label=_("Dernier jour du rôle"), required=False, help_text=_("Laissé vide : sans date de fin."))

    def __init__(self, *args: Any, roles: tuple[str, ...], institution: Institution | None, **options: Any) -> None:
        super().__init__(*args, **options)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(value, RoleGrant.Role(value).label.capitalize()) for value in roles]
        cohort = self.fields["cohort"]
        assert isinstance(cohort, forms.ModelChoiceField)
        if institution is None:
            del self.fields["cohort"]
        else:
            rows = Cohort.objects.filter(institution=institution, closed_at=None)
            cohort.queryset = rows.order_by("-academic_year", "name")

    def clean(self) -> dict[str, Any]:
        """Only an instructor's role may be narrowed to one cohort."""
        cleaned = super().clean() or {}
        if cleaned.get("cohort") and cleaned.get("role") != RoleGrant.Role.INSTRUCTOR:
            self.add_error("cohort", _("Seul le rôle d’enseignant se limite à une cohorte."))
        return cleaned


class ExpiryForm(forms.Form):
    """Until when."""

    until = DayField(label=_("Dernier jour du rôle"), required=False, help_text=_("Laissé vide : sans date de fin."))
