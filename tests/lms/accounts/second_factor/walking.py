"""Signing in as a person does, with an application of codes in hand."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from lms.accounts.api import User

PASSWORD = "une phrase longue et calme 41"
LOGIN, SET_UP, CODES, PROVE, ENTER, INDEX = (
    "/compte/login/",
    *(f"/compte/second-facteur/{page}" for page in ("mise-en-place/", "codes/", "verifier/", "entrer/", "")),
)


def person(email: str, **more: Any) -> User:
    """Write an account whose address is proved."""
    user = User.objects.create_user(email, PASSWORD, **more)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


class Browser(Client):
    """A browser that knows its person's application."""

    secret = ""

    def sign_in(self, user: User, page: str = "") -> str:
        """Send the login form; return where it leads."""
        sent = {"login": user.email, "password": PASSWORD}
        return str(self.post(f"{LOGIN}?next={page}" if page else LOGIN, sent)["Location"])

    def set_up(self, query: str = "") -> Any:
        """Read the key on its page, send its code and return the answer."""
        shown = self.get(SET_UP + query).content.decode()
        self.secret = "".join(re.findall(r"<code>([A-Z2-7 ]+)</code>", shown)[0].split())
        return self.post(SET_UP + query, {"code": self.code()})

    def code(self) -> str:
        """Return what the application shows."""
        return codes_of(self.secret)[1]

    def codes(self) -> list[str]:
        """Return the recovery codes on their page."""
        return re.findall(r"<code>(\d{8})</code>", self.get(CODES).content.decode())


def codes_of(secret: str) -> list[str]:
    """Return the codes of a key that are accepted now: before, now, after."""
    return [format_hotp_value(hotp_value(secret, counter)) for counter in yield_hotp_counters_from_time()]


def protected(user: User) -> Browser:
    """Return the browser of a person who just set up a second factor, its codes not spent."""
    browser = Browser()
    browser.sign_in(user)
    assert browser.set_up()["Location"] == CODES
    assert Authenticator.objects.filter(user=user).count() == 2
    cache.clear()
    return browser
