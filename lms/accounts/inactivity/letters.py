"""The letter that says when an account ends, in its person's language, with a link that keeps it."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.mail import queue_mail
from kernel.models import Mail

from ..models import User

SALT: Final = "lms.accounts.inactivity"


def keep_token(user_id: int) -> str:
    """Return what the letter's link carries: it keeps this account, and opens nothing."""
    return Signer(salt=SALT).sign(str(user_id))


def read_keep_token(token: str) -> int | None:
    """Return whose account a link keeps; None when it is not one of ours."""
    try:
        return int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None


def write_letter(user: User, *, last_day: datetime) -> Mail:
    """Queue the letter: the account ends after `last_day` if nothing happens."""
    with override(user.language):
        context = {"day": date_format(last_day, "j F Y"), "url": _address(user), "data_url": _page("accounts:data")}
        bodies = [render_to_string(f"accounts/mail/inactive.{kind}", context) for kind in ("txt", "html")]
        return queue_mail(to=user.email, subject=_("Votre compte Socle va être effacé"), text=bodies[0], html=bodies[1])


def _address(user: User) -> str:
    return _page("accounts:keep", keep_token(user.pk))


def _page(name: str, *args: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(name, args=args)}"
