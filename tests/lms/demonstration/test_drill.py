"""The drill, whole and small: what was erased after the backup is nowhere once restored, all the rest is there."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from lms.assessments.api import Attempt
from lms.cohorts.models import Cohort, Institution, Programme
from lms.demonstration.drill.cast import DrillFailed, gather
from lms.demonstration.drill.looking import survey
from lms.demonstration.management.commands.drill import Command
from tests.lms.assessments.loaded import load
from tests.servers.postgresql import ROLE, SERVING

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = [pytest.mark.usefixtures("superuser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(tmp_path: Path, settings) -> None:
    """A bank, a cohort, and folders of its own."""
    settings.ERASED_LIST = tmp_path / "erased.jsonl"
    load()
    programme = Programme.objects.create(key="p", title="Soins infirmiers", eqf_level=6)
    university = Institution.objects.create(key="u", kind="university", name="Université", city="Ville", is_demo=True)
    Cohort.objects.create(institution=university, programme=programme, academic_year="2026-2027", name="Une cohorte")


@pytest.fixture
def elsewhere(tmp_path: Path, database, monkeypatch) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    # A command that the drill starts finds this test's database by its address.
    monkeypatch.setenv("SOCLE_DATABASE_URL", database.url.replace(f"//{SERVING}@", f"//{ROLE}@"))
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        return
    server = os.environ["SOCLE_DATABASE_URL"].rpartition("/")[0]
    name = f"restored_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        yield f"{server}/{name}"
        maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_nobody_erased_comes_back_and_everything_else_does(town: None, elsewhere: str, capsys) -> None:
    call_command("drill", into=elsewhere)
    told = capsys.readouterr().out
    assert "Nobody came back; every acknowledged answer is there, and the attempt goes on." in told
    assert Attempt.objects.exists()  # the database it was played in is left as it was


def test_whoever_came_back_is_seen(town: None) -> None:
    """A mutant would be a restore that erases nobody again: the drill says it, as it says an answer that is missing."""
    cast = gather(cohort=Cohort.objects.select_related("institution").get(), now=NOW)
    rows, found = survey(cast.traces)
    assert {line.partition(":")[0] for line in found} >= {"accounts_user", "assessments_attempt", "cohorts_student"}
    told = {"found": [], "had": 3, "has": 4, "upload": True, "rows": rows}
    Command().judge(told, cast, rows)
    for wrong in ({"found": found}, {"had": 2}, {"upload": False}):
        with pytest.raises(DrillFailed):
            Command().judge({**told, **wrong}, cast, rows)
