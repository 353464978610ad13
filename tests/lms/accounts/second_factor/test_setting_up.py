"""Setting up, entering, replacing, losing."""

import re
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from kernel.models import AuditEntry, Mail
from lms.accounts.api import User, erase_person, export_person
from lms.accounts.second_factor.qr import qr_svg
from tests.lms.accounts.second_factor.walking import (
    CODES,
    ENTER,
    INDEX,
    PROVE,
    SET_UP,
    Browser,
    codes_of,
    person,
    protected,
)

MINE = "/compte/donnees.json"
DOWNLOAD, RENEW, REMOVE = "/compte/second-facteur/codes.txt", f"{CODES}renouveler/", f"{INDEX}retirer/"
WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"(?!django_session|accounts_session)", re.IGNORECASE)


def said(response: Any) -> str:
    return str(response.content.decode())


def test_anybody_may_choose_one_and_then_gives_a_code_at_each_sign_in(learner: User) -> None:
    secret = protected(learner).secret
    browser = Browser()
    browser.secret = secret
    assert browser.sign_in(learner) == ENTER
    assert browser.get(MINE).status_code == 302
    assert "Ce code n’est pas le bon" in said(browser.post(ENTER, {"code": "000000"}))
    assert browser.post(ENTER, {"code": browser.code()})["Location"] == "/profil/"
    assert browser.get(MINE).status_code == 200


def test_a_code_serves_once_for_as_long_as_it_is_true(learner: User) -> None:
    secret = protected(learner).secret
    first, second = Browser(), Browser()
    for browser in (first, second):
        browser.sign_in(learner)
    code = codes_of(secret)[1]
    assert first.post(ENTER, {"code": code}).status_code == 302
    # What django-allauth remembers by itself lasts thirty seconds; a code is true for ninety.
    cache.delete(f"allauth.mfa.totp.used?user={learner.pk}&code={code}")
    assert "il a déjà servi" in said(second.post(ENTER, {"code": f"{code[:3]} {code[3:]}"}))


def test_a_recovery_code_enters_once(learner: User) -> None:
    kept = protected(learner).codes()
    assert len(set(kept)) == 10
    for expected in (302, 200):
        browser = Browser()
        browser.sign_in(learner)
        assert browser.post(ENTER, {"code": kept[0]}).status_code == expected


def test_recovery_codes_are_shown_until_they_are_kept_and_never_again(learner: User) -> None:
    browser = protected(learner)
    shown = browser.codes()
    assert browser.codes() == shown
    file = browser.get(DOWNLOAD)
    assert [line for line in said(file).split("\r\n") if line in shown] == shown
    assert "attachment" in file["Content-Disposition"]
    browser.post(CODES)
    assert browser.codes() == []
    gone = browser.get(DOWNLOAD)
    assert (gone.status_code, "Ils ont déjà été montrés" in said(gone)) == (404, True)
    assert "Il en reste 10" in said(browser.get(INDEX))
    assert browser.post(RENEW)["Location"] == CODES
    renewed = browser.codes()
    assert len(renewed) == 10
    assert not set(renewed) & set(shown)


@pytest.mark.parametrize("are_noted", [False, True])
def test_codes_that_all_served_are_said_to_be_gone(learner: User, are_noted: bool) -> None:
    browser = protected(learner)
    assert "Ils vous attendent encore" in said(browser.get(INDEX))
    wrapped, shown = Authenticator.objects.get(user=learner, type="recovery_codes").wrap(), browser.codes()
    if are_noted:
        browser.post(CODES)
        wrapped = Authenticator.objects.get(user=learner, type="recovery_codes").wrap()
    assert all(wrapped.validate_code(code) for code in shown)
    for page in (INDEX, CODES):
        text = said(browser.get(page))
        assert "Il n’en reste aucun" in text
        assert "Ils vous attendent encore" not in text and "Ils ont déjà" not in text
    assert f'href="{CODES}"' not in said(browser.get(INDEX))
    assert browser.get(DOWNLOAD).status_code == 404


def test_opening_the_address_that_renews_leads_to_its_form(learner: User) -> None:
    browser = protected(learner)
    kept = browser.codes()
    answer = browser.get(RENEW)
    assert (answer.status_code, answer["Location"]) == (303, INDEX)
    assert f'action="{RENEW}"' in said(browser.get(INDEX))
    assert browser.codes() == kept


def test_an_open_session_alone_changes_nothing(learner: User) -> None:
    """Somebody else at the keyboard has the session, not the telephone."""
    protected(learner)
    stolen = Browser()
    stolen.force_login(learner)
    for method, page in (("get", CODES), ("get", DOWNLOAD), ("post", RENEW), ("post", REMOVE), ("get", REMOVE)):
        assert getattr(stolen, method)(page)["Location"].startswith(PROVE), page
    assert Authenticator.objects.filter(user=learner).count() == 2


def test_a_session_left_open_gives_its_password_again_to_set_one_up(learner: User) -> None:
    left = Browser()
    left.force_login(learner)
    assert left.get(SET_UP)["Location"].startswith("/compte/reauthenticate/")


def test_reading_these_pages_writes_nothing(learner: User) -> None:
    browser = protected(learner)
    fresh = Browser()
    fresh.sign_in(person("paul@demo.example"))
    found: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        found.extend([sql] if WRITES.match(sql) else [])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        for page in (INDEX, CODES, DOWNLOAD, REMOVE, PROVE):
            assert browser.get(page).status_code == 200, page
        assert fresh.get(SET_UP).status_code == 200
    assert [sql for sql in found if "cache" not in sql] == []


def test_a_key_stays_the_same_until_its_first_code(learner: User) -> None:
    """Reading the page again would otherwise make the application's key a wrong one."""
    browser = Browser()
    browser.sign_in(learner)
    first, second = (re.findall(r"secret=(\w+)", said(browser.get(SET_UP)))[0] for _ in range(2))
    assert first == second


def test_a_wrong_first_code_sets_up_nothing(learner: User) -> None:
    browser = Browser()
    browser.sign_in(learner)
    browser.get(SET_UP)
    refused = browser.post(SET_UP, {"code": "000000"})
    assert (refused.status_code, 'aria-invalid="true"' in said(refused)) == (422, True)
    assert not Authenticator.objects.exists()


def test_the_session_is_another_one_after_setting_up(learner: User) -> None:
    browser = Browser()
    browser.sign_in(learner)
    before = browser.cookies["sessionid"].value
    browser.set_up()
    assert browser.cookies["sessionid"].value != before


def test_tries_are_counted_by_person(learner: User) -> None:
    secret = protected(learner).secret
    browser = Browser()
    browser.sign_in(learner)
    for _ in range(10):
        browser.post(ENTER, {"code": "000000"})
    assert "Trop d’essais" in said(browser.post(ENTER, {"code": codes_of(secret)[1]}))


def test_a_copy_of_the_database_makes_no_code(learner: User, settings: Any) -> None:
    secret = protected(learner).secret
    kept = Authenticator.objects.get(user=learner, type="totp").data["secret"]
    assert secret not in kept
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key altogether, as after a loss"
    browser = Browser()
    browser.sign_in(learner)
    assert "ne peut plus être lu" in said(browser.post(ENTER, {"code": codes_of(secret)[1]}))
    settings.SECRET_KEY_FALLBACKS = [old]
    assert browser.post(ENTER, {"code": codes_of(secret)[0]}).status_code == 302


def test_removing_asks_once_and_tells_the_person(learner: User) -> None:
    browser = protected(learner)
    assert "Retirer mon second facteur" in said(browser.get(REMOVE))
    assert browser.post(REMOVE)["Location"] == INDEX
    assert not Authenticator.objects.exists()
    subjects = list(Mail.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == ["Votre second facteur est en place", "Votre second facteur est retiré"]


def test_what_staff_does_with_it_is_in_the_audit_and_what_learners_do_is_not(teacher: User, learner: User) -> None:
    protected(learner)
    assert not AuditEntry.objects.filter(action__startswith="second_factor").exists()
    protected(teacher)
    assert AuditEntry.objects.get(action__startswith="second_factor").action == "second_factor.set_up"


def test_whoever_lost_the_telephone_and_the_codes_is_freed_by_another(teacher: User, learner: User) -> None:
    browser = protected(learner)
    out = StringIO()
    call_command("reset_second_factor", "LINA@demo.example", by=teacher.email, yes=True, stdout=out)
    assert "Removed" in out.getvalue()
    assert not Authenticator.objects.filter(user=learner).exists()
    entry = AuditEntry.objects.get(action="second_factor.reset")
    assert (entry.actor_id, str(learner.uuid) in entry.target) == (teacher.pk, True)
    assert Mail.objects.order_by("pk").last().to == learner.email  # type: ignore[union-attr]
    assert Browser().sign_in(learner) == "/profil/"
    assert browser.get(INDEX).status_code in (200, 302)


@pytest.mark.parametrize(
    ("email", "by", "yes", "why"),
    [
        ("lina@demo.example", "ada@demo.example", False, "Add --yes"),
        ("lina@demo.example", "lina@demo.example", True, "cannot answer for it"),
        ("ada@demo.example", "lina@demo.example", True, "cannot answer for it"),
        ("nobody@demo.example", "ada@demo.example", True, "Nobody here"),
        ("lina@demo.example", "ada@demo.example", True, "has no second factor"),
    ],
)
def test_a_reset_is_answered_for(teacher: User, learner: User, email: str, by: str, yes: bool, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("reset_second_factor", email, by=by, yes=yes)
    assert not AuditEntry.objects.filter(action="second_factor.reset").exists()


def test_a_copy_of_one_s_data_says_since_when_and_not_the_key(learner: User) -> None:
    protected(learner)
    rows = export_person(user=learner)["second_factor"]
    assert [set(row) for row in rows] == [{"type", "created_at", "last_used_at"}] * 2
    erase_person(user=learner)
    assert not Authenticator.objects.exists()


def test_the_square_has_no_style_and_says_the_whole_text() -> None:
    svg = qr_svg("otpauth://totp/Socle?secret=ABC", label="Carré & clé")
    assert "style" not in svg
    assert 'aria-label="Carré &amp; clé"' in svg
    assert svg != qr_svg("otpauth://totp/Socle?secret=ABD", label="Carré & clé")
