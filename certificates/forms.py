"""The one field of the verification page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .codes import normal


class CodeForm(forms.Form):
    """A code as it was typed; cleaned, it is the code as it is stored."""

    code = forms.CharField(
        label=gettext_lazy("Code du certificat ou de l’attestation"),
        max_length=80,
        help_text=gettext_lazy("26 lettres et chiffres, imprimés au bas du document. Tirets et espaces sont libres."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> Any:
        """Refuse what cannot be a code, and say what one looks like."""
        code = normal(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("Un code compte 26 lettres et chiffres, comme 7K2M9Q-…. Vérifiez votre saisie.")
            )
        return code
