"""Issuing, verifying, revoking."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import translation

from certificates import api, errors, services
from certificates.codes import ALPHABET, new_code, normal, printed
from certificates.models import Certificate
from certificates.types import Verdict
from kernel.models import OutboxEvent


@pytest.fixture
def achievement(db):
    return api.define(key="socle-2026", titles={"fr": "Socle commun", "en": "Common core"})


@pytest.fixture
def issue(achievement, now):
    def issue(**changes):
        given = {"holder_name": "Léa Martin", "holder_ref": "user:1", "issuer_name": "Université de Test", **changes}
        return api.issue(**{"achievement": "socle-2026", "issued_at": now, **given})

    return issue


def test_a_code_has_128_bits_and_survives_a_pen():
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == 26 and set(code) <= set(ALPHABET) for code in codes)
    assert len(ALPHABET) ** 26 >= 2**128
    code = "0123456789ABCDEFGHJKMNPQRS"
    assert printed(code) == "012345-6789AB-CDEFGH-JKMNPQ-RS"
    for typed in (
        printed(code),
        printed(code).lower(),
        f" {code} ",
        "O1234567-89ABCDEFGHJKMNPQRS",
        printed(code).replace("-", " – "),
    ):
        assert normal(typed) == code
    assert normal("ol" * 13) == "01" * 13


@pytest.mark.parametrize("typed", ["", "x", "U" * 26, "0" * 25, "0" * 27, "é" * 26, "0" * 25 + "\0", "🙂" * 26])
def test_what_cannot_be_a_code_is_none(typed):
    assert normal(typed) == ""


def test_a_certificate_is_frozen_at_its_issue(issue, now):
    certificate = issue(details={"score": 612})
    api.define(key="socle-2026", titles={"fr": "Autre nom", "en": "Another name"})
    found = api.verify(certificate.printed_code)
    assert (found.verdict, found.title, found.holder_name) == (Verdict.VALID, "Socle commun", "Léa Martin")
    assert (found.issued_at, found.details, found.issuer_name) == (now, {"score": 612}, "Université de Test")
    with translation.override("en"):
        assert api.verify(certificate.code).title == "Common core"


def test_issuing_is_one_event_and_happens_once(issue):
    first = issue()
    again = issue(holder_name="Léa Dupont")
    assert first == again
    event = OutboxEvent.objects.get()
    assert (event.kind, event.aggregate) == ("certificates.CertificateIssued", first.uuid)
    assert event.payload == {"achievement": "socle-2026", "holder_ref": "user:1"}


def test_what_is_missing_is_refused(issue):
    with pytest.raises(errors.UnknownAchievement):
        issue(achievement="nothing")
    for wrong in ({"holder_name": "  "}, {"holder_ref": ""}):
        with pytest.raises(errors.HolderMissing):
            issue(**wrong)


def test_a_revocation_says_why_and_is_told(issue, now):
    certificate = issue()
    with pytest.raises(errors.ReasonMissing):
        api.revoke(code=certificate.code, reason=" ", at=now)
    api.revoke(code=certificate.printed_code.lower(), reason="Fraude établie", at=now)
    found = api.verify(certificate.code)
    assert (found.verdict, found.revocation_reason, found.revoked_at) == (Verdict.REVOKED, "Fraude établie", now)
    with pytest.raises(errors.CertificateAlreadyRevoked):
        api.revoke(code=certificate.code, reason="encore", at=now)
    with pytest.raises(errors.UnknownCertificate):
        api.revoke(code=new_code(), reason="x", at=now)
    assert OutboxEvent.objects.filter(kind="certificates.CertificateRevoked").count() == 1


def test_after_a_revocation_another_may_be_issued(issue, now):
    first = issue()
    api.revoke(code=first.code, reason="Nom mal orthographié", at=now)
    second = issue(holder_name="Léa Marten")
    assert second != first
    assert [found.verdict for found in api.of_holder("user:1")] == [Verdict.VALID, Verdict.REVOKED]


def test_erasing_a_holder_leaves_nothing(issue):
    certificate = issue()
    assert api.erase_holder(holder_ref="user:1") == 1
    assert api.verify(certificate.code).verdict is Verdict.UNKNOWN


def _issue_in_parallel(now):
    start = threading.Barrier(4, timeout=20)

    def work(number):
        start.wait()
        try:
            return api.issue(
                achievement="socle-2026", holder_name="Léa", holder_ref="user:1", issuer_name="U", issued_at=now
            ).code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(work, range(4)))


@pytest.mark.django_db(transaction=True)
def test_two_issues_at_once_make_one_certificate(now):
    api.define(key="socle-2026", titles={"fr": "Socle commun"})
    assert len(set(_issue_in_parallel(now))) == 1
    assert (Certificate.objects.count(), OutboxEvent.objects.count()) == (1, 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_mutant_that_does_not_look_again_fails_then(now, monkeypatch):
    api.define(key="socle-2026", titles={"fr": "Socle commun"})
    gate, passed = threading.Barrier(4, timeout=20), set()

    def see_nobody(wanted):
        if threading.get_ident() not in passed:
            passed.add(threading.get_ident())
            gate.wait()

    monkeypatch.setattr(services, "_existing", see_nobody)
    with pytest.raises(IntegrityError):
        _issue_in_parallel(now)


def test_the_database_itself_refuses_a_second_valid_one(issue):
    certificate = issue()
    certificate.pk, certificate.code, certificate.uuid = None, new_code(), None
    certificate.uuid = "00000000-0000-0000-0000-000000000001"
    certificate._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save()
