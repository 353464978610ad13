"""The second wall (docs/row-security.md): on PostgreSQL the suite connects as the role that serves.

A request is its person's, as in production; what a test does itself, the worker's.
"""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def who_acts() -> Iterator[None]:
    """Leave nobody behind: a file that streams and that nobody reads to its end would leave its reader as who acts."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    """Let the next statement tell the server again who acts, whatever the test before let it believe."""
    from django.db import connection

    from kernel import actors

    actors.end()
    if connection.vendor == "postgresql":
        connection.told = None
