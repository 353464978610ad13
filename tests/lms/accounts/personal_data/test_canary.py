"""A canary in every column of every table that may say something of a person: all given back, none left behind."""

import json
import logging
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session as DjangoSession
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from kernel.models import AuditEntry, Job, OutboxEvent
from lms.accounts import names, policies, services, telling
from lms.accounts.models import LegalHold, Session, User
from lms.accounts.policies import Policy
from lms.assessments import presence as assessments
from lms.cohorts.models import RosterImport
from lms.learning import presence as learning
from question_bank.models import ItemReport, Remark
from tests.lms.accounts.personal_data.world import CANARY, NOW, World
from tests.lms.assessments.loaded import load

SECRETS = ("a key", "keys", "a hash", "a digest", "what makes codes")


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for the module; each test takes back what it did to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield World.built()
        transaction.set_rollback(True)


@pytest.fixture
def world(written: World, db: None) -> World:
    """Their account read anew: an instance that is erased loses its key."""
    return replace(written, user=User.objects.get(pk=written.user.pk))


# The copy


def test_the_copy_holds_every_canary_that_is_to_be_given(world: World) -> None:
    whole = told(world)
    missing = [
        f"{mark.policy.label}.{mark.column}"
        for mark in world.marks
        if mark.column not in mark.policy.not_given and mark.canary not in whole
    ]
    assert not missing


def test_the_copy_holds_no_key(world: World) -> None:
    whole = told(world)
    secret = [mark for mark in world.marks if mark.policy.not_given.get(mark.column, "").startswith(SECRETS)]
    assert len(secret) > 5
    assert not [f"{mark.policy.label}.{mark.column}" for mark in secret if mark.canary in whole]


def test_the_copy_names_every_column(world: World) -> None:
    """Dates and numbers hold no canary: what is given of a row is known by the names of its columns."""
    export = services.export_person(user=world.user)
    missing = {
        policy.label: sorted(set(telling.columns(policy)) - keys)
        for policy in policies.installed()
        if policy.given and (keys := _keys(export, policy)) is not None and set(telling.columns(policy)) - keys
    }
    assert not missing


def test_the_copy_holds_what_they_wrote_as_staff(world: World) -> None:
    written = services.export_person(user=world.user)["written"]
    expected = {f"{policy.label}.{path}" for policy in policies.installed() for path in policy.by if "__" not in path}
    assert expected == set(written)
    assert written["question_bank.Remark.author"]["rows"][0]["text"].startswith("Dit à")


def told(world: World) -> str:
    return json.dumps(services.export_person(user=world.user), cls=DjangoJSONEncoder, ensure_ascii=False)


def _keys(export: dict[str, Any], policy: Policy) -> set[str]:
    found: list[Any] = [export]
    for word in policy.given.split("."):
        found = [row[word] for row in found]
        found = [one for rows in found for one in (rows if isinstance(rows, list) else [rows])]
    assert found, f"no row of {policy.label}"
    return set.intersection(*(set(row) for row in found))


# The erasure


def test_erasing_leaves_no_canary_anywhere(
    world: World, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    Client().post("/compte/login/", {"login": world.user.email, "password": "a wrong phrase"})
    before = set(where(world))
    assert {"accounts_user", "accounts_session", "kernel_mail", "records_statement", "media"} < before
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        services.erase_person(user=world.user)
    assert where(world) == {}
    assert not re.search("|".join([CANARY, *world.names]), caplog.text)


def test_what_stays_is_there_without_the_name(world: World) -> None:
    entries, jobs, actor = AuditEntry.objects.count(), Job.objects.count(), world.user.pk
    services.erase_person(user=world.user)
    assert AuditEntry.objects.count() == entries
    assert (Job.objects.count(), Job.objects.filter(owner=None).count()) == (jobs, jobs)
    entry = AuditEntry.objects.get(actor_id=actor)  # a number that leads to nobody
    for text in (entry.target, Remark.objects.get().text, ItemReport.objects.get().text):
        assert text.startswith("Dit à […], […]")
    assert Remark.objects.get().author_id is None
    assert OutboxEvent.objects.exists()


def test_a_list_that_waits_and_speaks_of_them_is_to_be_sent_again(world: World) -> None:
    services.erase_person(user=world.user)
    roster = RosterImport.objects.get()
    assert (roster.state, roster.said, roster.pieces.count()) == ("expired", {}, 0)


def test_a_namesake_keeps_what_is_theirs(world: World) -> None:
    other = User.objects.create_user("other@demo.example", first_name=world.user.first_name, last_name="Autre")
    services.erase_person(user=world.user)
    other.refresh_from_db()
    assert other.first_name == world.user.first_name


def test_staff_who_placed_a_hold_can_leave(world: World) -> None:
    other = User.objects.create_user("other@demo.example")
    hold = LegalHold.objects.create(
        user=other, reason="A dispute", placed_by=world.user, placed_at=world.user.date_joined
    )
    services.erase_person(user=world.user)
    hold.refresh_from_db()
    assert hold.placed_by_id is None


@pytest.mark.parametrize("room", [assessments, learning], ids=lambda room: room.__name__)
def test_what_they_did_keeps_their_account(world: World, room: Any) -> None:
    """Every room sees what was done in it, by its own time; places and roles are cohorts’ own tests’."""
    assert room.active([world.user.pk], NOW - timedelta(days=400)) == {world.user.pk}
    assert room.active([world.user.pk], datetime(2200, 1, 1, tzinfo=UTC)) == set()


# Mutants: what each guard is for.


def test_mutant_names_left_in_texts_are_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "forget", lambda names: 0)
    services.erase_person(user=world.user)
    assert {"kernel_auditentry", "question_bank_remark", "kernel_job"} <= set(where(world))


@pytest.mark.parametrize(
    ("share", "table"),
    [
        ("mail", "kernel_mail"),
        ("certificates", "certificates_certificate"),
        ("editing", "wagtailcore_uploadedfile"),
        ("cohorts", "cohorts_student"),
    ],
)
def test_mutant_a_share_forgotten_is_found(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    share: str,
    table: str | None,
    django_capture_on_commit_callbacks: Any,
) -> None:
    shares = {name: one for name, one in services._shares.items() if name != share}
    monkeypatch.setattr(services, "_shares", shares)
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_person(user=world.user)
    assert table in where(world)


def test_mutant_a_column_left_out_of_the_copy_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = telling.columns
    monkeypatch.setattr(telling, "columns", lambda policy: [name for name in real(policy) if name != "front"])
    assert [mark.column for mark in world.marks if mark.column == "front" and mark.canary in told(world)] == []


# Where a canary is


def where(world: World) -> dict[str, str]:
    """Return the tables, and the other places, that hold a canary or a name of the person, with what is around one."""
    pattern = re.compile(
        "|".join([CANARY, *(re.escape(name) for name in world.names), world.user.uuid.hex]), re.IGNORECASE
    )
    found = {}
    for place, text in _texts():
        if hit := pattern.search(text):
            found[place] = text[max(0, hit.start() - 60) : hit.end() + 20]
    return found


def _texts() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, _text(value)) for row in cursor.fetchall() for value in row)
    for sessions in (Session, DjangoSession):
        rows = sessions.objects.order_by("pk")
        yield from ((sessions._meta.db_table, str(row.get_decoded())) for row in rows)
    yield from (("media", text) for text in _files(""))
    yield from (("cache", f"{key} {pickle.loads(value)}") for key, value in cache._cache.items())  # type: ignore[attr-defined]


def _text(value: Any) -> str:
    return bytes(value).decode("utf-8", "ignore") if isinstance(value, bytes | memoryview) else str(value)


def _files(folder: str) -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        yield f"{path} {default_storage.open(path).read()!r}"
    for name in folders:
        yield from _files(f"{folder}/{name}".lstrip("/"))
