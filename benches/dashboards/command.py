"""The command: a PostgreSQL of its own, a country in it, the same pages as answers pile up, beside raw aggregation."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import PostgreSQL
from tests.servers.templates import TEMPLATE, postgresql_template

ROOT = Path(__file__).resolve().parents[2]
LOADERS = ("load_retention", "load_framework", "load_institutions", "load_items", "load_assessments", "load_modules")
SIZES = (10_000, 100_000, 1_000_000)


def main(argv: list[str]) -> int:
    """Run the bench; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benches dashboards", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="numbers of responses")
    parser.add_argument("--students", type=int, default=450, help="of the country whose answers pile up")
    parser.add_argument("--full", action="store_true", help="instead, one country of 210,000 students, as it is")
    options = parser.parse_args(argv)
    students = 210_000 if options.full else options.students
    sizes = ["0"] if options.full else [str(size) for size in options.sizes]
    with tempfile.TemporaryDirectory(prefix="socle-bench-") as folder:
        Path(folder).chmod(0o755)
        server = PostgreSQL(Path(folder) / "server")
        server.create(template=postgresql_template())
        try:
            server.start()
            return _run(server, Path(folder), students, sizes)
        finally:
            server.remove()


def _run(server: PostgreSQL, folder: Path, students: int, sizes: list[str]) -> int:
    environment = {
        **os.environ,
        "SOCLE_DATABASE_URL": server.url(TEMPLATE),
        "SOCLE_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "lms.settings.dev",
    }
    manage = [sys.executable, "manage.py"]
    for name in LOADERS:
        subprocess.run([*manage, name], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*manage, "seed_national", f"--students={students}"], cwd=ROOT, env=environment, check=True)
    inside = [sys.executable, "-m", "benches.dashboards.inside", *sizes]
    return subprocess.run(inside, cwd=ROOT, env=environment, check=False).returncode
