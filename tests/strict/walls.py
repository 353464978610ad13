"""Who is behind the second wall (docs/row-security.md): on PostgreSQL the suite connects as the role that serves.

A test that is not a request acts as the worker. So do requests, but in the rooms named here, where each is its
person's as in production. SOCLE_TEST_WALLS=all puts every request behind the walls.
"""

import os
from collections.abc import Iterator

import pytest
from django.core.signals import request_started

BEGIN = "kernel.actors.begin"
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
    """Let requests be their person's where the walls are tried; leave nobody behind.

    A file that streams and that nobody reads to its end would leave its reader as who acts.
    """
    from kernel import actors

    is_behind = os.environ.get("SOCLE_TEST_WALLS") == "all" or request.node.nodeid.startswith(BEHIND)
    if not is_behind:
        request_started.disconnect(dispatch_uid=BEGIN)
    yield
    request_started.connect(actors.begin, dispatch_uid=BEGIN)
    actors.end()
