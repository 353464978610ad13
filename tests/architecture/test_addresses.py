"""Every address is public by decorator or behind login; every role can walk them all; a GET writes nothing."""

import re
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from certificates import api as certificates
from kernel.events import drain
from lms.accounts.api import User
from lms.demonstration.roles import VISITORS
from lms.demonstration.seeding import seed
from tests.architecture.addresses import addresses
from tests.lms.assessments.loaded import load
from tests.lms.assessments.taking import Taker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TOLD = {200, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 409, 410, 413, 422}
WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?([a-z_]+)", re.IGNORECASE)
# A session is not a row of the domain.
NOT_DOMAIN = {"accounts_session"}
# Forms that sign in carry a token in a cookie.
COOKIES_ALLOWED = ("/compte/", "/en/compte/", "/cms/", "/_util/login/", "/en/_util/login/")
# Marked public by Wagtail, which then asks by itself who is there.
GUARDED_BY_THEMSELVES = "/cms/api/"
LOGIN = re.compile(r"/(compte/login|cms/login|accounts/login)/")


@contextmanager
def writes():
    """Collect the statements that change a row of the domain."""
    found = []

    def watch(execute, sql, params, many, context):
        match = WRITES.match(sql)
        if match and match[2].lower() not in NOT_DOMAIN:
            found.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


@pytest.fixture
def country(db, now):
    """The bank, the people of the demonstration, an open attempt and a certificate."""
    load()
    seed(now=now)
    certificates.define(key="socle", titles={"fr": "Socle"})
    certificate = certificates.issue(
        achievement="socle", holder_name="Lina", holder_ref="user:1", issuer_name="Université", issued_at=now
    )
    drain()
    return {"token": Taker().start().token, "code": certificate.code, "key": "placement", "position": "1"}


def _of_wagtail_admin(address):
    return address.path.startswith("/cms/")


def test_whoever_is_not_signed_in_is_stopped_everywhere_that_is_not_public(country):
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    open_doors = []
    for address in addresses(samples=country):
        if address.is_public and not address.path.startswith(GUARDED_BY_THEMSELVES):
            continue
        response = Client().get(address.path)
        is_stopped = response.status_code in {401, 403, 404, 405} or LOGIN.search(response.get("Location", ""))
        if not is_stopped:
            open_doors.append(f"{address.path} {response.status_code}")
    assert not open_doors


def test_our_public_addresses_are_few_and_known(country):
    """A new public address is a decision: it is added here with its reason in the review."""
    roots = {
        re.sub(r"^/(en/)?", "/", address.path).split("/")[1]
        for address in addresses(samples=country)
        if address.is_public
    }
    assert roots - KNOWN_PUBLIC_ROOTS == set()


KNOWN_PUBLIC_ROOTS = {
    "",  # the home page, by Wagtail
    "1",  # any page of the site, by Wagtail
    "_util",  # the password of a page that has one, by Wagtail
    "accessibilite",
    "affichage",  # keeping or forgetting one's display settings: a POST that writes no row
    "ambassadeurs",
    "api",
    "apparence",  # the stylesheet of a university's look
    "barometre",
    "certification",
    "cms",  # its own login and password pages
    "compte",  # sign up, sign in, passwords
    "demande",  # typing a code, and the link of a letter that stops its reminders; the rest asks for a session
    "documents",
    "evaluation",
    "healthz",
    "invitation",  # what a letter offers, before one has an account; the token is the key
    "media",  # the pictures of pages; in production the proxy serves them before us
    "mentions-legales",
    "parcours",  # modules and journeys: reading needs no account
    "pilotage",  # what each figure means, which the barometer links to; all the rest asks for a session and a role
    "profil",  # the link of a letter that stops its reminders; all the rest asks for a session
    "rejoindre",  # what a letter or a code offers, before one has an account; taking a place asks for a session
    "verification",
    "vie-privee",
    "visite",  # the demonstration only
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_anonymous_visitor_walks_everywhere_without_a_cookie_or_a_trace(country, language):
    problems = []
    for address in addresses(language, country):
        problems += _problems(Client(), address, is_anonymous=True)
    assert not problems


@pytest.mark.parametrize("visitor", [visitor for visitor in VISITORS if visitor.email], ids=lambda visitor: visitor.key)
def test_each_role_walks_everywhere_and_changes_nothing(country, visitor):
    client = Client()
    client.force_login(User.objects.get(email=visitor.email), backend=settings.AUTHENTICATION_BACKENDS[0])
    problems = []
    for address in addresses(samples=country):
        if not _of_wagtail_admin(address) and "logout" not in address.path:
            problems += _problems(client, address)
    own = client.get(visitor.page)
    assert own.status_code in {200, 302}, f"{visitor.key} cannot open their own page"
    assert not problems


def _problems(client, address, *, is_anonymous=False):
    with writes() as written:
        response = client.get(address.path)
        b"".join(response.streaming_content) if response.streaming else None
    found = [] if response.status_code in TOLD else [f"{address.path} answers {response.status_code}"]
    if written and not _of_wagtail_admin(address):
        found.append(f"GET {address.path} writes: {written}")
    if is_anonymous and response.cookies and not address.path.startswith(COOKIES_ALLOWED):
        found.append(f"{address.path} sets {sorted(response.cookies)}")
    return found


def test_a_get_that_writes_is_caught(client, monkeypatch):
    from kernel import views
    from kernel.models import Job

    monkeypatch.setattr(views, "outbox_lag", lambda *, now: Job.objects.create(kind="x") and 0)
    address = next(address for address in addresses() if address.path == "/healthz")
    assert "writes" in _problems(client, address)[0]
