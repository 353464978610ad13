"""django-allauth's forms; what they say of a field that is empty or broken is ours, and names the field."""

from typing import Any, Final

from allauth.account import forms as allauth
from allauth.account.utils import passthrough_next_redirect_url
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from themes.preferences import carry

ADDRESS, FORMAT = _("Renseignez votre adresse e-mail."), _("Écrivez une adresse e-mail entière, comme nom@exemple.fr.")
LABELS: Final[dict[str, Promise]] = {"login": _("Adresse e-mail"), "email": _("Adresse e-mail")}
# By the name of the field, in whichever form it is.
SENTENCES: Final[dict[str, dict[str, Promise]]] = {
    "login": {"required": ADDRESS, "invalid": FORMAT},
    "email": {"required": ADDRESS, "invalid": FORMAT},
    "oldpassword": {"required": _("Renseignez votre mot de passe actuel.")},
    "password": {"required": _("Renseignez votre mot de passe.")},
    "password1": {"required": _("Choisissez un mot de passe.")},
    "password2": {"required": _("Écrivez le nouveau mot de passe une seconde fois.")},
    "code": {"required": _("Écrivez le code de six chiffres que contient l’e-mail.")},
}


class Named:
    """Give each field its name and its sentences."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.error_messages = {**field.error_messages, **SENTENCES.get(name, {})}


class SignInForm(Named, allauth.LoginForm):  # type: ignore[misc]  # allauth is not typed
    """Signing in; whoever forgot their password comes back too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forgotten = passthrough_next_redirect_url(self.request, reverse("account_reset_password"), "next")
        link = format_html('<a href="{}">{}</a>', carry(self.request, forgotten), _("Mot de passe oublié"))
        self.fields["password"].help_text = link


class SignUpForm(Named, allauth.SignupForm):  # type: ignore[misc]
    """Signing up."""


class CodeForm(Named, allauth.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that proves an address."""


class AddressForm(Named, allauth.AddEmailForm):  # type: ignore[misc]
    """One more address."""


class ForgottenForm(Named, allauth.ResetPasswordForm):  # type: ignore[misc]
    """A password forgotten."""


class NewPasswordForm(Named, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """The password chosen after it was forgotten."""


class ChangeForm(Named, allauth.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""


class FirstPasswordForm(Named, allauth.SetPasswordForm):  # type: ignore[misc]
    """The password of an account that has none."""


class AgainForm(Named, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""
