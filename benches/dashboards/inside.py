"""Inside the installation that is measured: ``python -m benches.dashboards.inside SIZE``, then a line of JSON a wish.

{"do": "cost", "case": …} · {"do": "times", "case": …, "requests": n} · {"do": "raw"} · {"do": "export", "kind": …}
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from lms.gunicorn import post_worker_init  # noqa: E402

from .cases import Cases, all_cases, jury_file  # noqa: E402
from .growing import execute, grow  # noqa: E402

MB = 1024
ROWS_READ = "SELECT COALESCE(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables"
# The figures of universities from the answers: people measured, their mean score, points, and how many are trained.
RAW = """
    SELECT cohort.institution_id, COUNT(DISTINCT attempt.owner_id), AVG(result.score), SUM(response.score),
           COUNT(DISTINCT journey.user_id)
      FROM assessments_response AS response
      JOIN assessments_attempt AS attempt ON attempt.id = response.attempt_id
      JOIN assessments_competencyresult AS result ON result.attempt_id = attempt.id AND result.scope = 'overall'
      JOIN cohorts_enrolment AS enrolment ON enrolment.user_id = attempt.owner_id
      JOIN cohorts_cohort AS cohort ON cohort.id = enrolment.cohort_id
      LEFT JOIN dashboards_completedjourney AS journey ON journey.user_id = attempt.owner_id
     GROUP BY cohort.institution_id"""


def main(size: int) -> None:
    """Grow to `size` responses, say what can be measured, then measure what is asked."""
    count = grow(size)
    cases = all_cases()
    post_worker_init(None)  # as a web process begins
    _tell({"responses": count, "cases": list(cases)})
    for line in sys.stdin:
        asked = json.loads(line)
        _tell(WISHES[asked.pop("do")](cases, **asked))


def cost(cases: Cases, case: str) -> dict[str, int]:
    """Return how many queries a case makes, and how many rows the tables gave it."""
    act = cases[case]
    for _ in range(3):  # what is read once per process is read
        act()
    statements: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        statements.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(count):
        act()
    # The counters of one transaction, which nobody else moves.
    with transaction.atomic():
        before = execute(ROWS_READ)[0][0]
        act()
        rows = int(execute(ROWS_READ)[0][0] - before)
    return {"queries": sum(_is_query(sql) for sql in statements), "rows": rows}


def times(cases: Cases, case: str, requests: int) -> dict[str, list[float]]:
    """Return the milliseconds of some requests."""
    return {"ms": [_timed(cases[case]) * 1000 for _ in range(requests)]}


def raw(_cases: Cases) -> dict[str, float]:
    """Return the milliseconds that aggregation of raw rows takes."""
    return {"ms": _timed(lambda: execute(RAW)) * 1000}


def export(_cases: Cases, kind: str) -> dict[str, float]:
    """Return seconds, bytes and megabytes (more than before, and at most) of one file."""
    write, found = jury_file(kind), [0, 0]
    before = _peak()
    seconds = _timed(lambda: found.__setitem__(slice(None), write()))
    if found[0] != 200:
        raise RuntimeError(f"The list of the jury answers {found[0]}.")
    return {"seconds": seconds, "bytes": found[1], "more": _peak() - before, "peak": _peak()}


WISHES: dict[str, Callable[..., Any]] = {"cost": cost, "times": times, "raw": raw, "export": export}


def _is_query(sql: str) -> bool:
    return not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO"))


def _timed(act: Callable[[], Any]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB


def _tell(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
