"""One database per worker, copied from a migrated template; restored from it after a test that commits.

Django's own way is to truncate every table after such a test, which would also remove what migrations wrote.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.servers.postgresql import ROLE, SERVING
from tests.servers.templates import TEMPLATE, sqlite_template

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
SIDE_FILES = ("", "-wal", "-shm")


class SqliteCopy:
    """A file copied from the template."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{WORKER}.sqlite3"
        self.template = sqlite_template()
        self.url = f"sqlite:///{self.path}"

    def restore(self) -> None:
        """Make the database what it was before the first test."""
        connections.close_all()
        self.remove()
        shutil.copyfile(self.template, self.path)
        connection.settings_dict["NAME"] = str(self.path)

    def remove(self) -> None:
        """Remove the file and the two that SQLite puts beside it."""
        for suffix in SIDE_FILES:
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)


class PostgresqlCopy:
    """A database made by CREATE DATABASE … TEMPLATE in the server that `python -m tests.servers` started."""

    def __init__(self) -> None:
        server, _, name = os.environ["SOCLE_DATABASE_URL"].rpartition("/")
        superuser = server.replace(f"//{SERVING}@", f"//{ROLE}@")
        assert name == TEMPLATE, "On PostgreSQL the suite runs through: python -m tests.servers python -m pytest …"
        self.name, self.maintenance = f"test_{WORKER}", f"{superuser}/postgres"
        self.url = f"{server}/{self.name}"

    def restore(self) -> None:
        """Make the database what it was before the first test."""
        self.remove()
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        connection.settings_dict["NAME"] = self.name

    def remove(self) -> None:
        """Drop the database, whoever is still connected to it."""
        connections.close_all()
        connection.close_pool()
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.maintenance, autocommit=True) as maintenance:
            maintenance.execute(statement.encode())


@pytest.fixture(scope="session")
def database(
    tmp_path_factory: pytest.TempPathFactory, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[SqliteCopy | PostgresqlCopy]:
    """This worker's database; `.url` is its address for a process that a test starts."""
    with django_db_blocker.unblock():
        is_sqlite = connection.vendor == "sqlite"
        copy = SqliteCopy(tmp_path_factory.mktemp("database")) if is_sqlite else PostgresqlCopy()
        copy.restore()
    TransactionTestCase._fixture_teardown = lambda self: copy.restore()
    yield copy
    with django_db_blocker.unblock():
        connections.close_all()
        copy.remove()


@pytest.fixture(scope="session")
def django_db_setup(database: SqliteCopy | PostgresqlCopy) -> None:
    """Take the place of pytest-django's, which migrates a database from nothing in each worker."""


@pytest.fixture
def superuser(database: SqliteCopy | PostgresqlCopy, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Connect as the one who made the server: what a backup, or a mutant that drops a constraint, must be."""
    with django_db_blocker.unblock():
        _connect_as(ROLE)
    yield
    with django_db_blocker.unblock():
        _connect_as(SERVING)


def _connect_as(role: str) -> None:
    if connection.vendor == "postgresql":
        connections.close_all()
        connection.close_pool()
        connection.settings_dict["USER"] = role
