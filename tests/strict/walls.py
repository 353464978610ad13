"""Who is behind the second wall (docs/row-security.md): on PostgreSQL the suite connects as the role that serves.

A test that is not a request acts as the worker. So do requests, but in the rooms named here, where each is its
person's as in production. SOCLE_TEST_WALLS=all puts every request behind the walls.
"""

import os
from collections.abc import Iterator

import pytest

BEHIND = (
    "tests/lms/walls/",
    "tests/lms/cohorts/",
    "tests/lms/prescribing/",
    "tests/lms/accounts/",
    "tests/lms/assessments/test_statements.py",
    "tests/kernel/test_actors.py",
)


@pytest.fixture(autouse=True)
def who_acts(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let requests be their person's where the walls are tried, the worker's elsewhere; leave nobody behind.

    A file that streams and that nobody reads to its end would leave its reader as who acts.
    """
    from kernel import actors

    _forget()
    if os.environ.get("SOCLE_TEST_WALLS") == "all" or request.node.nodeid.startswith(BEHIND):
        yield
    else:
        with actors.as_worker():
            yield
    _forget()


def _forget() -> None:
    """Let the next statement tell the server again who acts, whatever the test before let it believe."""
    from django.db import connection

    from kernel import actors

    actors.end()
    if connection.vendor == "postgresql":
        connection.told = None
