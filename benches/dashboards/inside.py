"""Inside the installation that is measured: make answers pile up, open the pages, count what they cost."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benches.report import Figure, print_figures  # noqa: E402
from kernel import clock  # noqa: E402
from lms.accounts.models import User  # noqa: E402
from lms.assessments.models import Response  # noqa: E402
from lms.cohorts.api import Role, grant_role  # noqa: E402
from lms.cohorts.models import Cohort, Institution  # noqa: E402
from lms.dashboards import figures  # noqa: E402
from lms.dashboards.figures import Scope  # noqa: E402

REPEATS = 25
QUERIES, DRIFT, RATIO, P95, EXPORT = 12, 0.05, 1.3, 150.0, 10.0
MB = 1024
ROWS_READ = """
    SELECT COALESCE(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables"""
# The same figures from the answers: people measured, mean score of the last measure, points, by university.
RAW = """
    SELECT cohort.institution_id, COUNT(DISTINCT attempt.owner_id), AVG(result.score), SUM(response.score)
      FROM assessments_response AS response
      JOIN assessments_attempt AS attempt ON attempt.id = response.attempt_id
      JOIN assessments_competencyresult AS result ON result.attempt_id = attempt.id AND result.scope = 'overall'
      JOIN cohorts_enrolment AS enrolment ON enrolment.user_id = attempt.owner_id
      JOIN cohorts_cohort AS cohort ON cohort.id = enrolment.cohort_id
     GROUP BY cohort.institution_id"""


@dataclass(frozen=True)
class Cost:
    """Queries, rows read, milliseconds (median and p95)."""

    queries: int
    rows: int
    p50: float
    p95: float


def main(sizes: list[int]) -> int:
    """Measure at each size (0: as it is); print; return 1 when a target is missed."""
    settings.ALLOWED_HOSTS = ["*"]
    house = Institution.objects.counted().order_by("-health_students", "key")[0]
    cases = {**_readings(house), **_pages(house)}
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    raw, found = [], []
    for size in sizes:
        _grow(size)
        count = Response.objects.count()
        for name, act in cases.items():
            costs[name].append(_cost(act))
        raw.append(_cost(lambda: _execute(RAW), repeats=3))
        found += [line for name in cases for line in _lines(name, costs[name], count, raw[-1])]
    if found and "export" not in cases:
        found += _export(house)
    return 0 if print_figures(found) else 1


def _lines(name: str, costs: list[Cost], count: int, raw: Cost) -> list[Figure]:
    first, last, at = costs[0], costs[-1], f"{name}_{count}"

    def figure(what: str, value: float, unit: str, target: float | None = None, **more: Any) -> Figure:
        return Figure("dashboards", f"{at}_{what}", value, unit, target, **more)

    return [
        figure("queries", last.queries, "queries", QUERIES),
        figure("queries_more", last.queries - first.queries, "queries", 0),
        figure("rows_read", last.rows, "rows", first.rows, within=max(DRIFT * first.rows, 2)),
        figure("time_ratio", last.p50 / first.p50, "×", RATIO),
        figure("p95", last.p95, "ms", P95, peer="aggregation of raw rows", peer_value=raw.p50),
    ]


def _readings(house: Institution) -> dict[str, Callable[[], Any]]:
    """Return what every page is made of."""
    return {
        "read_national": lambda: figures.of(Scope.national()),
        "read_university": lambda: figures.of(Scope.university(house.pk), "2026-2027"),
        "read_cohorts": lambda: figures.by_cohort(house.pk, "2026-2027"),
        "read_programmes": lambda: figures.by_programme(Scope.national()),
        "read_universities": lambda: figures.by_university(),
    }


def _pages(house: Institution) -> dict[str, Callable[[], Any]]:
    """Return the pages that exist, each opened by whom it is for; say which are not there."""
    cohort = Cohort.objects.filter(institution=house, academic_year="2026-2027").order_by("pk")[0]
    staff = {role: _client(role, house) for role in (Role.INSTRUCTOR, Role.COORDINATOR, Role.PILOT)}
    wanted = {
        "page_cohort": (staff[Role.INSTRUCTOR], f"/pilotage/cohorte/{cohort.uuid}/"),
        "page_cohort_people": (staff[Role.INSTRUCTOR], f"/pilotage/cohorte/{cohort.uuid}/etudiants/"),
        "page_home": (staff[Role.COORDINATOR], "/pilotage/"),
        "page_coordinator": (staff[Role.COORDINATOR], f"/pilotage/etablissement/{house.key}/"),
        "page_jury": (staff[Role.COORDINATOR], f"/pilotage/etablissement/{house.key}/jury/"),
        "page_national": (staff[Role.PILOT], "/pilotage/national/"),
        "page_barometer": (Client(), "/barometre/"),
    }
    found: dict[str, Callable[[], Any]] = {}
    for name, (client, path) in wanted.items():
        status = client.get(path).status_code
        if status == 200:
            found[name] = lambda client=client, path=path: client.get(path)
        else:
            sys.stderr.write(f"{name}: {path} answers {status}, it is left out.\n")
    return found


def _client(role: str, house: Institution) -> Client:
    user, _ = User.objects.get_or_create(email=f"{role}.bench@demo.example")
    grant_role(user=user, role=role, institution=None if role == Role.PILOT else house, now=clock.now())
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _cost(act: Callable[[], Any], repeats: int = REPEATS) -> Cost:
    act()  # what is read once per process is read
    with CaptureQueriesContext(connection) as queries:
        act()
    times = []
    for _ in range(repeats):
        begun = perf_counter()
        act()
        times.append((perf_counter() - begun) * 1000)
    cuts = quantiles(times, n=20, method="inclusive")
    return Cost(len(queries), _rows_read(act), cuts[9], cuts[18])


def _rows_read(act: Callable[[], Any]) -> int:
    """Return how many rows the tables gave: the counters of one transaction, which nobody else moves."""
    from django.db import transaction

    with transaction.atomic():
        before = _execute(ROWS_READ)[0][0]
        act()
        return int(_execute(ROWS_READ)[0][0] - before)


def _execute(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _grow(size: int) -> None:
    """Give the same people older attempts, copies of theirs, until there are about `size` responses (0: none)."""
    count = Response.objects.count()
    if not size or count >= size:
        return
    with _quietly(), connection.cursor() as cursor:
        for statement in _copies(-(-size // count) - 1):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _copies(times: int) -> list[str]:
    """Return the statements that copy every attempt with its answers and results, a year earlier each time."""
    attempts = _columns("assessments_attempt")
    own = {
        "uuid": "gen_random_uuid()",
        "token": "substr(md5(random()::text || id), 1, 22)",
        "started_at": "started_at - copy * interval '1 year'",
        "finished_at": "finished_at - copy * interval '1 year'",
        "stop_reason": "'copy ' || id",
    }
    picked = ", ".join(own.get(name, name) for name in attempts)
    year = f"""INSERT INTO assessments_attempt ({", ".join(attempts)})
        SELECT {picked} FROM assessments_attempt, generate_series(1, {times}) AS copy
         WHERE stop_reason NOT LIKE 'copy %'"""
    children = []
    for table in ("assessments_response", "assessments_competencyresult"):
        names = [name for name in _columns(table) if name != "attempt_id"]
        children.append(
            f"""INSERT INTO {table} (attempt_id, {", ".join(names)})
            SELECT copied.id, {", ".join(f"child.{name}" for name in names)} FROM assessments_attempt AS copied
              JOIN {table} AS child ON child.attempt_id = substr(copied.stop_reason, 6)::bigint
             WHERE copied.stop_reason LIKE 'copy %'
               AND NOT EXISTS (SELECT 1 FROM {table} AS there WHERE there.attempt_id = copied.id)"""
        )
    return [year, *children]


def _columns(table: str) -> list[str]:
    rows = _execute(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'")
    return sorted(f'"{name}"' if name == "key" else name for (name,) in rows if name != "id")


@contextmanager
def _quietly() -> Any:
    """Nothing here is worth the log of statements."""
    forced, connection.force_debug_cursor = connection.force_debug_cursor, False
    yield
    connection.force_debug_cursor = forced


def _export(house: Institution) -> list[Figure]:
    """Export the largest university’s page as a spreadsheet, if it is there: time, and memory that it took."""
    client = _client(Role.COORDINATOR, house)
    path = f"/pilotage/etablissement/{house.key}/jury/?format=csv"
    if client.get(path.partition("?")[0]).status_code != 200:
        sys.stderr.write(f"export: {path} is not there, it is left out.\n")
        return []
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, perf_counter()
    response = client.get(path)
    parts = response.streaming_content if response.streaming else [response.content]
    size = sum(len(part) for part in parts)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / MB
    return [
        Figure("dashboards", "export_time", perf_counter() - begun, "s", EXPORT, note=f"{size} bytes"),
        Figure("dashboards", "export_memory", grown, "MB more", 32),
    ]


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]]))
