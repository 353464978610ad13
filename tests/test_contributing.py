"""CONTRIBUTING says how to write an item and see it served: its commands are run as they are printed."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.templates import sqlite_template

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "first-item"
TAKEN_FROM_US = ("SOCLE_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SOCLE_VAR")


def commands() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split("## An item in five minutes", 1)[1].split("\n## ", 1)[0]
    return "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def folder() -> Iterator[None]:
    """The folder that the commands fill, with the tables already made: making them is all that takes time."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    shutil.copyfile(sqlite_template(), FOLDER / "socle.sqlite3")
    yield
    shutil.rmtree(FOLDER, ignore_errors=True)


def run(script: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in TAKEN_FROM_US}
    return subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=ROOT,
        env={**environment, "PORT": free_port(), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=240,
    )


@pytest.mark.once
@pytest.mark.sqlite
def test_an_item_is_written_checked_and_served_as_printed(folder: None) -> None:
    done = run(commands())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "It is served." in done.stdout


@pytest.mark.once
@pytest.mark.sqlite
def test_the_check_it_names_refuses_an_item_that_breaks_a_rule(folder: None) -> None:
    script = commands().split(".venv/bin/python manage.py migrate")[0].replace("difficulty: 1\n", "difficulty: 9\n")
    done = run(script)
    assert done.returncode != 0
    assert "mot-de-passe-demande.yaml:6" in done.stdout + done.stderr
