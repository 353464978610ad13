"""Inside Django: apply one roster and print what it cost. ``python -m benches.rosters.applying csv|xlsx ROWS``."""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

HEADER = (
    "Premier prénom", "Deuxième prénom", "Troisième prénom", "Nom de famille", "Nom d’usage", "Date de naissance",
    "Email", "Numéro étudiant", "Composante", "Équipe pédagogique", "Groupe", "Diplôme", "Régime",
)  # fmt: skip
FIRST = ("Ada", "Lina", "Zoé", "Marie", "Jean-Pierre", "Louis", "Inès", "Noé", "Aïcha", "Étienne")
LAST = ("Martin", "Lefèvre", "Durand", "N’Guyen", "D’Été", "Garnier", "Œuvrard", "Benali", "Le Goff", "Muller")


def main() -> None:
    """Print {"preview", "apply", "again": seconds, "memory", "added": MB at the peak}."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    kind, rows = sys.argv[1], int(sys.argv[2])
    data = {"csv": _csv, "xlsx": _xlsx}[kind](rows)
    sys.stdout.write(json.dumps(_costs(io.BytesIO(data), f"liste.{kind}")) + "\n")


def _costs(file: io.BytesIO, name: str) -> dict[str, float]:
    before = _peak()
    cohort, access, now = _country()
    preview, roster = _timed(lambda: _send(cohort, access, now, file, name))
    apply, _ = _timed(lambda: _apply(roster, access, now))
    again, _ = _timed(lambda: _send(cohort, access, now, file, name))
    return {"preview": preview, "apply": apply, "again": again, "memory": _peak(), "added": _peak() - before}


def _country() -> tuple[Any, Any, Any]:
    from kernel import clock
    from lms.accounts.api import User
    from lms.cohorts.api import Cohort, Institution, Programme, Role, access_of, grant_role

    now = clock.now()
    house = Institution.objects.create(key="bench", kind="university", name="Bench")
    programme = Programme.objects.create(key="bench", title="Bench")
    cohort = Cohort.objects.create(institution=house, programme=programme, academic_year="2026-2027", name="L2")
    user = User.objects.create_user("bench@example.org", None)
    grant_role(user=user, role=Role.COORDINATOR, institution=house, now=now)
    return cohort, access_of(user.pk, now), now


def _send(cohort: Any, access: Any, now: Any, file: io.BytesIO, name: str) -> Any:
    from lms.cohorts.rosters import previewing, services

    roster = services.begin(access=access, cohort=cohort, mode="add", file=file, name=name, now=now)
    if roster.state == roster.State.READING:  # long files are read by a job
        _run(previewing.JOB, now)
        roster.refresh_from_db()
    return roster


def _apply(roster: Any, access: Any, now: Any) -> None:
    from lms.cohorts.rosters import services

    services.confirm(roster=roster, digest=roster.digest, access=access, now=now)
    _run(services.JOB, now)


def _run(kind: str, now: Any) -> None:
    from kernel import jobs
    from kernel.models import Job

    job = Job.objects.filter(kind=kind).order_by("-pk")[0]
    jobs.run(job.pk, now=now)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _lines(rows: int) -> Iterator[tuple[str, ...]]:
    for n in range(rows):
        first, last = FIRST[n % 10], f"{LAST[n // 10 % 10]} {LAST[n // 100 % 10]}"
        birth = f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/2004"
        mail, number = f"etu{n}@univ.example", f"2{n:07d}"
        yield (first, "", "", last, "", birth, mail, number, "Santé", "A", f"TD {n % 30}", "L2", "FI")


def _csv(rows: int) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *_lines(rows)])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: int) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for place, line in enumerate([HEADER, *_lines(rows)]):
            sheet.write_row(place, 0, line)
    return file.getvalue()


if __name__ == "__main__":
    main()
