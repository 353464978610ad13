"""A person can leave with their data, or without a trace, unless a legal hold stands."""

from datetime import UTC, datetime

import pytest

from certificates import api as certificates
from kernel import audit
from lms.accounts.api import User, erase_person, export_person, give_consent, withdraw_consent
from lms.accounts.errors import PersonOnHold
from lms.accounts.models import Consent, LegalHold

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("Lina@Demo.Example", "a long enough phrase", first_name="Lina")


def test_addresses_are_kept_in_lower_case(person: User) -> None:
    assert person.email == "lina@demo.example"


def test_a_new_consent_ends_the_one_before(person: User) -> None:
    give_consent(user=person, purpose="sharing", text_version="1", now=NOW)
    give_consent(user=person, purpose="sharing", text_version="2", now=NOW)
    assert list(Consent.objects.filter(withdrawn_at=None).values_list("text_version", flat=True)) == ["2"]
    withdraw_consent(user=person, purpose="sharing", now=NOW)
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_export_holds_the_account_and_every_share(person: User) -> None:
    whole = export_person(user=person)
    assert whole["account"]["email"] == "lina@demo.example"
    assert whole["attempts"] == []


def test_erasing_leaves_nobody(person: User) -> None:
    erase_person(user=person)
    assert not User.objects.exists()


def test_a_standing_hold_stops_the_erasure_and_a_lifted_one_does_not(person: User) -> None:
    staff = User.objects.create_user("staff@demo.example")
    hold = LegalHold.objects.create(user=person, reason="A dispute", placed_by=staff, placed_at=NOW)
    with pytest.raises(PersonOnHold):
        erase_person(user=person)
    LegalHold.objects.filter(pk=hold.pk).update(lifted_at=NOW)
    erase_person(user=person)
    assert list(User.objects.all().values_list("email", flat=True)) == ["staff@demo.example"]


def test_certificates_leave_with_the_person(person: User) -> None:
    certificates.define(key="core", titles={"fr": "Socle", "en": "Core"})
    certificates.issue(
        achievement="core",
        holder_ref=str(person.uuid),
        holder_name="Lina",
        issuer_name="Université de Démonstration",
        issued_at=NOW,
        details={},
    )
    assert [one["holder_name"] for one in export_person(user=person)["certificates"]] == ["Lina"]
    erase_person(user=person)
    assert certificates.of_holder(str(person.uuid)) == []


def test_a_name_with_accents_goes_from_what_others_wrote(person: User) -> None:
    User.objects.filter(pk=person.pk).update(first_name="Éloïse", last_name="L’Évêque")
    person.refresh_from_db()
    said = {"à": ["Éloïse L’Évêque et Ève", {"Lina@Demo.Example": 3}], "n": 12}
    entry = audit.record(actor_id=None, action="x", target=person, details=said, at=NOW)
    erase_person(user=person)
    entry.refresh_from_db()
    assert entry.details == {"à": ["[…] et Ève", {"[…]": 3}], "n": 12}
    assert entry.target == "accounts.User:[…]"
