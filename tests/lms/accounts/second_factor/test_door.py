"""Staff pages open after a second factor, whoever else goes on as before, and nobody loses the page they wanted."""

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import clock
from lms.accounts.api import User
from lms.accounts.second_factor.middleware import GUARDED
from lms.cohorts.api import grant_role
from lms.cohorts.models import Institution, RoleGrant
from lms.settings import local
from lms.settings.parts import accounts as production
from question_bank.authoring.roles import AUTHORS, prepare_authoring
from tests.architecture.access.routes import routes
from tests.architecture.access.table import KEEPING, STAFF
from tests.lms.accounts.second_factor.walking import CODES, PROVE, SET_UP, Browser, person, protected

MINE = "/compte/donnees.json"
ASKED = ["/pilotage/", "/pilotage/prescriptions/", "/certification/", "/cms/", "/en/pilotage/"]


def led_to(client: Client, page: str) -> str:
    return client.get(page).get("Location", "")


def test_production_asks_and_whoever_tries_socle_is_not_asked() -> None:
    assert production.SECOND_FACTOR_FOR_STAFF is True
    assert local.SECOND_FACTOR_FOR_STAFF is False


def test_every_address_of_staff_is_behind_the_door() -> None:
    found = routes()
    paths = {name: found[name].path.replace("^", "") for name in STAFF | KEEPING}
    assert [name for name, path in paths.items() if not path.startswith(GUARDED)] == []


@pytest.mark.parametrize("page", ASKED)
def test_the_first_page_of_staff_leads_to_setting_up(teacher: User, page: str) -> None:
    browser = Browser()
    browser.force_login(teacher)
    english = "/en" if page.startswith("/en/") else ""
    assert led_to(browser, page) == f"{english}{SET_UP}?next={quote(page, safe='')}"


def test_one_comes_back_to_the_page_one_wanted(teacher: User) -> None:
    browser = Browser()
    assert browser.sign_in(teacher, "/pilotage/prescriptions/") == "/pilotage/prescriptions/"
    query = "?next=%2Fpilotage%2Fprescriptions%2F"
    assert browser.set_up(query)["Location"] == CODES + query
    assert browser.post(CODES + query)["Location"] == "/pilotage/prescriptions/"
    assert browser.get("/pilotage/prescriptions/").status_code == 200


def test_elsewhere_is_nowhere_to_come_back_to(teacher: User) -> None:
    browser = Browser()
    browser.sign_in(teacher)
    assert browser.set_up("?next=https://ailleurs.example/")["Location"] == CODES


def test_a_form_of_staff_comes_back_to_its_page(teacher: User) -> None:
    browser = Browser()
    browser.force_login(teacher)
    page = "http://testserver/pilotage/equipe/?fait=1"
    sent = browser.post("/pilotage/equipe/1/", HTTP_REFERER=page)
    assert sent["Location"] == f"{SET_UP}?next=%2Fpilotage%2Fequipe%2F%3Ffait%3D1"


def test_a_session_opened_before_is_asked_for_a_code(teacher: User) -> None:
    before = Browser()
    before.sign_in(teacher)
    browser = protected(teacher)
    assert led_to(before, "/pilotage/equipe/") == f"{PROVE}?next=%2Fpilotage%2Fequipe%2F"
    key = before.cookies["sessionid"].value
    sent = before.post(f"{PROVE}?next=/pilotage/prescriptions/", {"code": browser.code()})
    assert sent["Location"] == "/pilotage/prescriptions/"
    assert before.get("/pilotage/prescriptions/").status_code == 200
    assert before.cookies["sessionid"].value != key


def test_what_was_proved_of_an_older_factor_is_worth_nothing(teacher: User) -> None:
    old = protected(teacher)
    new = protected_again(teacher)
    assert led_to(old, "/pilotage/").startswith(PROVE)
    assert not led_to(new, "/pilotage/").startswith((PROVE, SET_UP))


def protected_again(user: User) -> Browser:
    Authenticator.objects.filter(user=user).delete()
    return protected(user)


def test_a_role_given_while_signed_in_counts_at_the_next_click(
    learner: User, house: Institution, now: datetime
) -> None:
    browser = Browser()
    browser.sign_in(learner)
    assert browser.get("/pilotage/").status_code == 404
    grant_role(user=learner, role=RoleGrant.Role.PILOT, institution=None, now=now)
    assert led_to(browser, "/pilotage/").startswith(SET_UP)


def test_a_role_that_ended_asks_nothing(learner: User, house: Institution, now: datetime) -> None:
    role = RoleGrant.Role.INSTRUCTOR
    grant_role(user=learner, role=role, institution=house, now=now, expires_at=clock.now() + timedelta(days=1))
    assert_asked(learner, is_asked=True)
    RoleGrant.objects.filter(user=learner).update(expires_at=clock.now() - timedelta(seconds=1))
    assert_asked(learner, is_asked=False)


def assert_asked(user: User, *, is_asked: bool) -> None:
    browser = Browser()
    browser.force_login(user)
    assert led_to(browser, "/certification/").startswith(SET_UP) is is_asked


@pytest.mark.parametrize("role", RoleGrant.Role.values)
def test_who_is_asked(role: str, learner: User, house: Institution, now: datetime) -> None:
    grant_role(user=learner, role=role, institution=house, now=now)
    assert_asked(learner, is_asked=role not in ("learner", "ambassador"))


def test_whoever_may_enter_the_cms_is_asked(learner: User) -> None:
    prepare_authoring()
    learner.groups.add(Group.objects.get(name=AUTHORS))
    assert_asked(learner, is_asked=True)
    assert_asked(person("root@demo.example", is_superuser=True), is_asked=True)


def test_nobody_in_particular_reads_what_is_public(client: Client, db: None) -> None:
    assert client.get("/certification/").status_code == 200
    assert client.get("/pilotage/")["Location"].startswith("/compte/login/")


def test_learners_pay_nothing_for_it(learner: User, settings: object) -> None:
    counts = []
    for is_asked in (True, False):
        settings.SECOND_FACTOR_FOR_STAFF = is_asked  # type: ignore[attr-defined]
        browser = Browser()
        browser.force_login(learner)
        browser.get(MINE)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(MINE).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["/cms/login/", "/cms/password_reset/", "/cms/password_reset/confirm/1/x-y/"])
def test_the_cms_has_no_door_of_its_own(page: str, client: Client, learner: User) -> None:
    assert led_to(client, page).startswith("/compte/login/?next=%2Fcms%2F")
    client.force_login(learner)
    assert client.get(page).status_code == 404


def test_signing_in_for_the_cms_goes_through_the_code(teacher: User) -> None:
    secret = protected(teacher).secret
    browser = Browser()
    browser.secret = secret
    assert browser.sign_in(teacher, "/cms/") == "/compte/second-facteur/entrer/"
    assert led_to(browser, "/cms/").startswith(("/cms/login/", "/compte/login/"))
    assert browser.post("/compte/second-facteur/entrer/", {"code": browser.code()})["Location"] == "/cms/"
