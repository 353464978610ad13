"""A code to write: that of the application, or a recovery code. A code serves once, for as long as it is true."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.internal.auth import validate_totp_code
from cryptography.fernet import InvalidToken
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from ..models import User

# Three steps of thirty seconds are accepted, and one more for a clock that is late.
TRUE_FOR = 120


def _field() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "maxlength": 20}
    return forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": _("Écrivez le code que montre l’application.")},
    )


class _Once:
    """Refuse a code that was taken already, whoever saw it typed."""

    user: User

    def clean_code(self) -> str:
        """Return the code; raises ValidationError when it is wrong, spent, or nothing can read the factor."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except InvalidToken as error:
            raise get_adapter().validation_error("unreadable") from error
        return _spend(self.user, code)


class EnterForm(_Once, AuthenticateForm):  # type: ignore[misc]
    """While signing in."""

    code = _field()


class ProveForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    """In a session that is open already."""

    code = _field()


class SetUpForm(forms.Form):
    """The first code of an application that was just given its key."""

    code = _field()

    def __init__(self, *args: Any, user: User, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.secret = user, secret

    def clean_code(self) -> str:
        """Return the code; raises ValidationError when it is not that of the key, or after too many tries."""
        forget_tries = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        forget_tries()
        return _spend(self.user, code)


def _spend(user: User, code: str) -> str:
    digits = "".join(filter(str.isalnum, code))
    if not cache.add(f"second_factor.spent.{user.pk}.{digits}", 1, timeout=TRUE_FOR):
        raise get_adapter().validation_error("incorrect_code")
    return code
