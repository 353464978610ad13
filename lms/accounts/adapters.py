"""How django-allauth talks to Socle: its letters go through our own post, row first."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.utils import build_absolute_uri
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernel.mail import queue_mail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def new_user(self, request: HttpRequest) -> Any:
        """Return an account to fill in, which speaks the language of the page it was asked from."""
        user = super().new_user(request)
        user.language = get_language() or "fr"
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter as a row; the worker sends it."""
        message = self.render_mail(template_prefix, email, context)
        html = _html(message)
        queue_mail(to=email, subject=message.subject, text="" if html == message.body else message.body, html=html)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Write to whoever has an account already, after as much work as making one takes: the delay says nothing."""
        make_password(get_random_string(12))
        request = context.request
        addresses = {"login_url": "account_login", "password_reset_url": "account_reset_password"}
        urls = {name: build_absolute_uri(request, reverse(page)) for name, page in addresses.items()}
        self.send_mail("account/email/account_already_exists", email, urls)

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Cette adresse e-mail et ce mot de passe ne vont pas ensemble."),
        "duplicate_email": _("Cette adresse e-mail est déjà celle de votre compte."),
        "cannot_remove_primary_email": _("L’adresse e-mail principale ne peut pas être retirée."),
        "max_email_addresses": _("Un compte a %d adresses e-mail au plus."),
        "too_many_login_attempts": _("Trop d’essais. Attendez quelques minutes, puis recommencez."),
    }

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: str = "", **kwargs: Any) -> None:
        """Say on the next page why one was sent there; otherwise nothing: every page says itself what happened."""
        if message:
            messages.add_message(request, level, message)


def _html(message: Any) -> str | None:
    if isinstance(message, EmailMultiAlternatives) and message.alternatives:
        return str(message.alternatives[0][0])
    return message.body if message.content_subtype == "html" else None
