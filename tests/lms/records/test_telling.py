"""What signed-in people do becomes statements, once; what anonymous people do becomes nothing."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from certificates import api as certificates
from kernel.events import drain, publish
from kernel.models import Delivery, OutboxEvent
from lms.accounts.api import User, erase_person, export_person
from lms.assessments.api import erase_attempt, keep_attempt
from lms.records.checking import problems_of
from lms.records.models import Pseudonym, Statement
from lms.records.vocabulary import VERBS
from tests.lms.assessments.taking import UNKNOWN, Taker


@pytest.fixture
def lina(bank: None) -> User:
    return User.objects.create_user("lina@test.example", first_name="Lina", last_name="Moreau")


@pytest.fixture
def signed_in(lina: User) -> Client:
    client = Client()
    client.force_login(lina)
    return client


def told(**wanted: object) -> list[dict]:
    return [json.loads(row.raw) for row in Statement.objects.filter(**wanted).order_by("seq")]


def verbs() -> list[str]:
    names = {verb.iri: verb.key for verb in VERBS.values()}
    return [names[row.verb] for row in Statement.objects.order_by("seq")]


def test_an_attempt_is_told_whole(signed_in: Client, lina: User) -> None:
    attempt = Taker(client=signed_in).start("citizen").finish().attempt
    drain()
    answers = attempt.responses.count()
    assert verbs()[: answers + 2] == ["initialized", *["answered"] * answers, "completed"]
    assert set(verbs()[answers + 2 :]) <= {"achieved"}
    assert {row.registration for row in Statement.objects.all()} == {attempt.uuid}
    assert {one["context"]["registration"] for one in told()} == {str(attempt.uuid)}


def test_every_statement_is_right_and_names_nobody(signed_in: Client, lina: User) -> None:
    Taker(client=signed_in).start("citizen").finish()
    drain()
    assert [list(problems_of(one)) for one in told()] == [[]] * Statement.objects.count()
    everything = " ".join(Statement.objects.order_by("seq").values_list("raw", flat=True))
    for secret in ("Lina", "Moreau", "lina@", "mbox", str(lina.uuid), '"openid"'):
        assert secret not in everything
    assert {one["actor"]["account"]["name"] for one in told()} == {Pseudonym.objects.get().name}


def test_a_replay_changes_nothing(signed_in: Client) -> None:
    Taker(client=signed_in).start("citizen").finish()
    drain()
    before = list(Statement.objects.order_by("seq").values_list("seq", "uuid", "raw"))
    OutboxEvent.objects.update(dispatched_at=None)
    Delivery.objects.all().delete()
    drain()
    assert list(Statement.objects.order_by("seq").values_list("seq", "uuid", "raw")) == before


def test_an_anonymous_attempt_is_told_when_it_gets_an_owner(lina: User) -> None:
    taker = Taker().start("citizen").finish()
    drain()
    assert Statement.objects.count() == 0
    keep_attempt(token=taker.token, owner_id=lina.pk)
    drain()
    assert verbs().count("answered") == len(Taker(token=taker.token).responses) or verbs().count("answered") > 0
    assert verbs()[0] == "initialized"
    assert "completed" in verbs()


def test_erasing_an_attempt_erases_what_was_told_of_it(signed_in: Client, lina: User) -> None:
    kept = Taker(client=signed_in).start("citizen").finish()
    gone = Taker(client=signed_in).start("training")
    gone.answer()
    drain()
    erase_attempt(token=gone.token, viewer_id=lina.pk)
    drain()
    assert {row.registration for row in Statement.objects.all()} == {kept.attempt.uuid}


def test_erasing_an_attempt_before_it_was_told_tells_nothing(signed_in: Client, lina: User) -> None:
    gone = Taker(client=signed_in).start("citizen").finish()
    erase_attempt(token=gone.token, viewer_id=lina.pk)
    drain()
    assert Statement.objects.count() == 0


def test_a_person_leaves_with_their_statements(signed_in: Client, lina: User) -> None:
    Taker(client=signed_in).start("citizen").finish()
    drain()
    exported = export_person(user=lina)["statements"]
    assert len(exported) == Statement.objects.count() > 0
    erase_person(user=lina)
    drain()
    assert (Pseudonym.objects.count(), Statement.objects.count()) == (0, 0)


def test_i_do_not_know_is_told_as_such(signed_in: Client) -> None:
    taker = Taker(client=signed_in).start("citizen")
    taker.answer({"item": taker.item["id"], "answer": UNKNOWN})
    drain()
    made = told(verb=VERBS["answered"].iri)[0]["result"]
    assert "response" not in made
    assert made["success"] is False
    assert [key.rsplit("/", 1)[1] for key in made["extensions"]] == ["unknown"]


def several(count: int) -> list[Taker]:
    """Return people with an account in the middle of a sitting, told of until now."""
    takers = []
    for n in range(count):
        client = Client()
        client.force_login(User.objects.create_user(f"taker-{n}@test.example"))
        takers.append(Taker(client=client).start("citizen"))
    drain()
    return takers


@pytest.mark.parametrize("count", [2, 12])
def test_answers_of_twelve_cost_as_much_as_those_of_two(
    bank: None, count: int, django_assert_max_num_queries: Any
) -> None:
    for taker in several(count):
        taker.answer()
    with django_assert_max_num_queries(26):  # told one by one, each costs nine
        assert drain() == count
    assert verbs().count("answered") == count
    assert Statement.objects.filter(verb=VERBS["answered"].iri).values("actor").distinct().count() == count


def test_one_statement_that_is_refused_holds_up_nobody_else(bank: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told together, then one by one: what is wrong in one learner’s answer keeps that one waiting, not the others."""
    from kernel.events import ListenerFailed
    from lms.records import services

    takers = several(3)
    for taker in takers:
        taker.answer()
    honest, unlucky = services.ensure_right, str(takers[1].attempt.uuid)

    def strict(statement: dict) -> None:
        honest(statement | {"version": "0"} if statement["context"]["registration"] == unlucky else statement)

    monkeypatch.setattr(services, "ensure_right", strict)
    with pytest.raises(ListenerFailed, match=r"version: 1\.0\.3"):
        drain()
    assert verbs().count("answered") == 2
    monkeypatch.setattr(services, "ensure_right", honest)
    Delivery.objects.update(next_attempt_at=None)
    drain()
    assert verbs().count("answered") == 3


def test_what_is_issued_is_told_without_its_code(lina: User, now: datetime) -> None:
    certificates.define(key="essai", titles={"fr": "Essai"})
    certificate = certificates.issue(
        achievement="essai", holder_name="Lina Moreau", holder_ref=str(lina.uuid), issuer_name="Socle", issued_at=now
    )
    certificates.issue(
        achievement="essai", holder_name="X", holder_ref=str(uuid4()), issuer_name="Socle", issued_at=now
    )
    certificates.issue(
        achievement="essai", holder_name="Y", holder_ref="ailleurs:1", issuer_name="Socle", issued_at=now
    )
    drain()
    assert verbs() == ["earned"]
    assert certificate.code not in Statement.objects.get().raw
    assert told()[0]["object"]["definition"]["name"] == {"fr": "Essai"}


def test_a_refused_statement_stays_to_be_mended(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant: a verb nobody knows is not kept, and its event is not lost."""
    from kernel.events import ListenerFailed
    from lms.records import services

    honest = services.statement

    def wrong(*args: object) -> dict:
        return {**honest(*args), "verb": {"id": "https://example.org/liked", "display": {"fr": "a aimé"}}}

    monkeypatch.setattr(services, "statement", wrong)
    Taker(client=signed_in).start("citizen")
    with pytest.raises(ListenerFailed, match=r"verb\.id"):
        drain()
    assert Statement.objects.count() == 0
    monkeypatch.setattr(services, "statement", honest)
    Delivery.objects.update(next_attempt_at=None)
    drain()
    assert verbs() == ["initialized"]


def test_two_recipients_do_not_know_the_same_name(lina: User) -> None:
    from lms.records.services import pseudonyms

    ours, theirs = pseudonyms({lina.pk})[lina.pk], pseudonyms({lina.pk}, recipient="universite")[lina.pk]
    assert ours.name != theirs.name
    assert pseudonyms({lina.pk})[lina.pk] == ours


def test_publishing_needs_no_more_than_before(signed_in: Client) -> None:
    """Telling is not in the way of an answer: nothing is written before the worker passes."""
    Taker(client=signed_in).start("citizen").finish()
    assert Statement.objects.count() == 0
    assert publish is not None
