"""How django-allauth talks to Socle: its letters go through our own post, row first."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.translation import get_language

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
        super().send_account_already_exists_mail(email)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing through flash messages: they set a cookie, and every page says itself what happened."""


def _html(message: Any) -> str | None:
    if isinstance(message, EmailMultiAlternatives) and message.alternatives:
        return str(message.alternatives[0][0])
    return message.body if message.content_subtype == "html" else None
