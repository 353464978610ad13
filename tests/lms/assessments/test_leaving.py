"""Keeping a result, erasing it, leaving with one's data: what is gone is gone, and no total ever goes down."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from kernel.events import drain
from kernel.models import OutboxEvent
from lms.accounts.api import User, erase_person, export_person
from lms.assessments.models import Attempt, CompetencyResult, ErasedAttempts, ErasedResponses, Response
from lms.assessments.services import erase_attempt, keep_attempt, leaving
from lms.assessments.tasks import erase_due_attempts
from question_bank.models import ItemReport
from tests.lms.assessments.reading import Reader
from tests.lms.assessments.taking import ATTEMPTS, Taker

PAGES = ("", "profil", "profil.json", "reponses", "garder", "effacer")


@pytest.fixture
def lina(bank: None) -> User:
    """Somebody with an account."""
    return User.objects.create_user("lina@demo.example", None, first_name="Lina")


def signed_in(person: User) -> Client:
    """Return the browser of somebody signed in."""
    client = Client()
    client.force_login(person)
    return client


def totals() -> dict[str, Counter[object]]:
    """Count attempts, finished ones by level, and answers by item version, erased ones included."""
    levels = Counter[object](
        CompetencyResult.objects.filter(scope="overall").order_by().values_list("level", flat=True)
    )
    started = Attempt.objects.count() + sum(row.attempts for row in ErasedAttempts.objects.order_by("pk"))
    found = {"started": Counter[object]({"all": started}), "levels": levels}
    found |= {name: Counter() for name in ("answered", "right", "unknown")}
    for row in ErasedAttempts.objects.filter(is_finished=True).order_by("pk"):
        levels[row.level] += row.attempts
    for row in Response.objects.order_by("pk"):
        found["answered"][row.item_version_id] += 1
        found["right"][row.item_version_id] += row.is_correct
        found["unknown"][row.item_version_id] += row.is_unknown
    for erased in ErasedResponses.objects.order_by("pk"):
        for name in ("answered", "right", "unknown"):
            found[name][erased.item_version_id] += getattr(erased, name)
    return found


def remains() -> list[str]:
    """Return the tables that still hold something of an attempt."""
    models: list[type[Model]] = [Attempt, Response, CompetencyResult]
    return [model.__name__ for model in models if model._base_manager.exists()]


# Keeping


def test_keeping_attaches_the_result_and_kills_its_address(lina: User) -> None:
    taker = Taker().start().finish()
    old, client = f"/evaluation/s/{taker.token}/", signed_in(lina)
    result = taker.client.get(f"{ATTEMPTS}/{taker.token}/result").content
    assert Client().get(old + "garder").status_code == 200
    assert client.get(old + "garder").status_code == 200
    assert Attempt.objects.get().owner_id is None  # a GET keeps nothing
    kept = client.post(old + "garder")
    attempt = Attempt.objects.get()
    assert (kept.status_code, attempt.owner_id, attempt.erase_after) == (303, lina.pk, None)
    for browser in (Client(), client):
        assert {browser.get(old + page).status_code for page in PAGES} == {404}
        assert browser.get(f"{ATTEMPTS}/{taker.token}").status_code == 404
    new = f"/evaluation/s/{attempt.token}/"
    assert client.get(kept["Location"]).status_code == 200
    assert {Client().get(new + page).status_code for page in PAGES} == {404}
    assert client.get(f"{ATTEMPTS}/{attempt.token}/result").content == result
    assert erase_due_attempts() == 0


def test_nobody_signed_in_keeps_nothing(taker: Taker) -> None:
    assert Client().post(f"/evaluation/s/{taker.token}/garder").status_code == 200
    assert Attempt.objects.get().owner_id is None


def test_an_open_attempt_can_be_kept_and_goes_on(lina: User) -> None:
    reader = Reader().begin()
    reader.answer()
    kept = keep_attempt(token=reader.token, owner_id=lina.pk)
    reader.client, reader.address = signed_in(lina), f"/evaluation/s/{kept.token}/"
    reader.look()
    reader.answer()
    assert len(reader.responses) == 2


def test_another_site_keeps_and_erases_nothing(lina: User, taker: Taker) -> None:
    client, address = signed_in(lina), f"/evaluation/s/{taker.token}/"
    for page in ("garder", "effacer"):
        assert client.post(address + page, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert Attempt.objects.get().is_anonymous


# Erasing


def check_erased(erase: Callable[[], object]) -> None:
    """Erase what there is: nothing of it is left, and no total moves."""
    before = totals()
    assert before["answered"]
    erase()
    assert remains() == []
    assert totals() == before


def test_erasing_folds_what_it_removes(taker: Taker) -> None:
    taker.finish()
    check_erased(lambda: taker.client.post(f"/evaluation/s/{taker.token}/effacer"))
    row = ErasedAttempts.objects.get()
    assert (row.attempts, row.is_finished, row.week_date.weekday()) == (1, True, 0)
    assert taker.client.get(f"/evaluation/s/{taker.token}/").status_code == 404
    assert taker.send(taker.sent[0][1], taker.sent[0][0]).status_code == 404
    drain()
    assert remains() == []


def test_many_erasures_add_up(bank: None) -> None:
    for _ in range(3):
        Taker().start().finish()
    Taker().start().answer()
    Taker().start()
    tokens = list(Attempt.objects.order_by("pk").values_list("token", flat=True))
    check_erased(lambda: [erase_attempt(token=token, viewer_id=None) for token in tokens])
    assert sum(row.attempts for row in ErasedAttempts.objects.order_by("pk")) == 5


@pytest.mark.parametrize("part", ["_fold_attempt", "_fold_responses"])
def test_mutant_that_erases_without_folding(taker: Taker, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taker.finish()
    monkeypatch.setattr(leaving, part, lambda attempt: None)
    with pytest.raises(AssertionError):
        check_erased(lambda: erase_attempt(token=taker.token, viewer_id=None))


def test_a_get_erases_nothing_and_a_stranger_neither(lina: User, taker: Taker) -> None:
    address = f"/evaluation/s/{taker.token}/effacer"
    assert taker.client.get(address).status_code == 200
    owned = keep_attempt(token=taker.token, owner_id=lina.pk)
    assert Client().post(f"/evaluation/s/{owned.token}/effacer").status_code == 404
    assert Attempt.objects.count() == 1


def test_a_report_survives_without_its_attempt(taker: Taker) -> None:
    taker.answer()
    sent = taker.client.post(f"/evaluation/s/{taker.token}/signaler/1", {"text": "Cette règle a changé."})
    assert sent.status_code == 200
    erase_attempt(token=taker.token, viewer_id=None)
    assert ItemReport.objects.get().attempt is None


@pytest.mark.parametrize("text", ["", "a\u0000b", "x" * 3_000])
def test_a_report_that_cannot_be_kept_is_given_back_with_a_sentence(taker: Taker, text: str) -> None:
    taker.answer()
    sent = taker.client.post(f"/evaluation/s/{taker.token}/signaler/1", {"text": text})
    assert (sent.status_code, 'class="error"' in sent.content.decode()) == (422, True)
    assert not ItemReport.objects.exists()


# By the clock


def test_anonymous_attempts_are_erased_when_it_is_time(lina: User) -> None:
    due, later, owned = Taker().start().finish(), Taker().start(), Taker(client=signed_in(lina)).start()
    Attempt.objects.filter(token=due.token).update(erase_after=timezone.now() - timedelta(seconds=1))
    before = totals()
    assert (erase_due_attempts(), erase_due_attempts()) == (1, 0)
    assert set(Attempt.objects.values_list("token", flat=True)) == {later.token, owned.token}
    assert totals() == before


def test_an_anonymous_attempt_lives_thirty_days(taker: Taker) -> None:
    assert taker.attempt.erase_after == taker.attempt.started_at + timedelta(days=30)


# People


def test_a_person_leaves_with_their_data(lina: User) -> None:
    taker = Taker(client=signed_in(lina)).start().finish()
    whole = export_person(user=lina)
    assert len(whole["attempts"][0]["responses"]) == len(taker.responses)
    assert len(whole["attempts"][0]["results"]) == CompetencyResult.objects.count()
    told = StringIO()
    call_command("export_person", "lina@demo.example", stdout=told)
    assert len(json.loads(told.getvalue())["attempts"]) == 1


def test_a_person_leaves_without_a_trace(lina: User) -> None:
    Taker(client=signed_in(lina)).start().finish()
    Taker(client=signed_in(lina)).start("training").answer()
    uuids = {str(uuid) for uuid in Attempt.objects.values_list("uuid", flat=True)}
    check_erased(lambda: erase_person(user=lina))
    assert not User.objects.filter(email="lina@demo.example").exists()
    erased = OutboxEvent.objects.filter(kind="assessments.AttemptErased").order_by("pk")
    assert {str(event.aggregate) for event in erased} == uuids
