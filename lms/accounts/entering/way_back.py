"""Where somebody was going when they signed up, or forgot their password, kept until they are in.

The address may be that of an anonymous attempt, which opens to whoever knows it. So no letter carries it: whoever reads
the letter need not be who asked for it. The browser that asked keeps it, and gives it only to the person of that e-mail
address.
"""

from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.http import url_has_allowed_host_and_scheme

KEY: Final = "accounts.way_back"


def note(session: SessionBase, *, email: str, url: str, at: float) -> None:
    """Keep where the person of `email` is to come back, when it is a page of ours. `at`: seconds.

    A form that says nothing forgets nothing: the letter leads to a forgotten password without saying where from.
    """
    if url and url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        session[KEY] = {"email": email.lower(), "url": url, "at": at}


def take(session: SessionBase, *, email: str, at: float) -> str:
    """Return where the person of `email`, who just came in, was going, once; nothing after the time of a code."""
    kept: dict[str, Any] = session.pop(KEY, None) or {}
    is_late = at - kept.get("at", 0.0) > settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT
    return "" if is_late or kept["email"] != email.lower() else str(kept["url"])
