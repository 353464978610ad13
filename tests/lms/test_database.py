"""How long each process waits for SQLite's one writer: whoever is at a screen less than what nobody looks at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SHOWN = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['timeout'])"


@pytest.mark.parametrize(
    ("first", "set_to", "seconds"), [("lms.wsgi", "", 5), ("lms.celery", "", 20), ("lms.wsgi", "1", 1)]
)
def test_a_screen_waits_less_than_the_worker(tmp_path: Path, first: str, set_to: str, seconds: float) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SOCLE_SQLITE_PATIENCE"}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "lms.settings.test",
        "SOCLE_DATABASE_URL": f"sqlite:///{tmp_path / 'socle.sqlite3'}",
        **({"SOCLE_SQLITE_PATIENCE": set_to} if set_to else {}),
    }
    command = [sys.executable, "-c", f"import {first}; {SHOWN}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert float(done.stdout) == seconds
