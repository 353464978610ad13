"""What is asked again before an account is erased: an open session alone, on a borrowed machine, erases nothing."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import User
from .second_factor.forms import ProveForm
from .second_factor.proof import factor_of

PASSWORD = {"autocomplete": "current-password"}


class LeaveForm(forms.Form):
    """The password of whoever has one, the code of whoever has a second factor; of others, nothing can be asked."""

    password = forms.CharField(
        label=_("Votre mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs=PASSWORD),
        error_messages={"required": _("Écrivez votre mot de passe : c’est lui qui dit que c’est bien vous.")},
    )
    code = forms.CharField(
        label=_("Code de votre second facteur"),
        help_text=_("Les six chiffres que montre votre application, ou l’un de vos codes de secours."),
        widget=ProveForm.base_fields["code"].widget,
        error_messages={"required": _("Écrivez le code que montre l’application.")},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]
        if factor_of(user) is None:
            del self.fields["code"]

    def clean_password(self) -> str:
        """Return the password; raises ValidationError when it is wrong, or after too many tries, as at the door."""
        password: str = self.cleaned_data["password"]
        if get_adapter().authenticate(context.request, email=self.user.email, password=password) != self.user:
            raise ValidationError(_("Ce mot de passe n’est pas le bon. Rien n’est effacé."), code="incorrect_password")
        return password

    def clean(self) -> dict[str, Any]:
        """Take the code last, and only with the right password: a code serves once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "code" in self.fields and not self.errors:
            proof = ProveForm({"code": cleaned["code"]}, user=self.user)
            if not proof.is_valid():
                self.add_error("code", proof.errors["code"].as_data())
        return cleaned
