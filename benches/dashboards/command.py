"""The command: a PostgreSQL of its own, a country in it, the same pages as answers pile up, beside raw aggregation.

Each size is a database and a process of its own; requests go to one after the other in turn, so that whatever else the
machine does weighs on all of them alike.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benches.report import Figure, print_figures
from tests.servers import PostgreSQL
from tests.servers.templates import TEMPLATE, postgresql_template

from .measuring import Scale, figures_of
from .places import Place

ROOT = Path(__file__).resolve().parents[2]
LOADERS = ("load_retention", "load_framework", "load_institutions", "load_items", "load_assessments", "load_modules")
USUAL = Scale(sizes=(10_000, 100_000, 1_000_000), students=450, rounds=20, requests=3)
QUICK = Scale(sizes=(10_000, 30_000), students=450, rounds=4, requests=3)
FULL = Scale(sizes=(0,), students=210_000, rounds=34, requests=3)


@dataclass(frozen=True)
class Site:
    """The server, and where the processes keep their files."""

    server: PostgreSQL
    folder: Path

    def environment(self, database: str) -> dict[str, str]:
        """Return what a process needs to work on a database."""
        return {
            **os.environ,
            "SOCLE_DATABASE_URL": self.server.url(database),
            "SOCLE_VAR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "lms.settings.dev",
        }

    def manage(self, *arguments: str, quietly: bool = False) -> None:
        """Run a command of the application."""
        out = subprocess.DEVNULL if quietly else None
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment(TEMPLATE), check=True, stdout=out)


def main(argv: list[str]) -> int:
    """Run the bench; return 1 when a target is missed, unless the run is a quick one, too short to judge."""
    options = _options(argv)
    scale = FULL if options.full else QUICK if options.quick else USUAL
    if options.students or options.sizes:
        scale = scale.asked(students=options.students, sizes=options.sizes)
    started = perf_counter()
    with _site() as site:
        _seed(site, scale.students)
        found = _measured(site, scale)
    met = print_figures(found)
    sys.stderr.write(f"{perf_counter() - started:.0f} s\n")
    return 0 if met or options.quick else 1


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench dashboards", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two small sizes, few requests: a look, not a judgement")
    parser.add_argument("--full", action="store_true", help="instead, one country of 210,000 students, as it is")
    parser.add_argument("--sizes", type=int, nargs="*", help="numbers of responses; 0: as they were seeded")
    parser.add_argument("--students", type=int, help="of the country whose answers pile up")
    return parser.parse_args(argv)


@contextmanager
def _site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="socle-bench-") as folder:
        Path(folder).chmod(0o755)
        server = PostgreSQL(Path(folder) / "server")
        server.create(template=postgresql_template())
        try:
            server.start()
            yield Site(server, Path(folder))
        finally:
            server.remove()


def _seed(site: Site, students: int) -> None:
    for name in LOADERS:
        site.manage(name, quietly=True)
    started = perf_counter()
    site.manage("seed_national", f"--students={students}")
    sys.stderr.write(f"{students} students, {perf_counter() - started:.0f} s\n")


def _measured(site: Site, scale: Scale) -> list[Figure]:
    """Open a process for each size, on a copy of the country (on itself when there is one size), and measure."""
    names = [TEMPLATE] if len(scale.sizes) == 1 else [f"of_{size}" for size in scale.sizes]
    for name in names:
        if name != TEMPLATE:
            site.server.run(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')
    with ExitStack() as open_until_the_end:
        places = [
            open_until_the_end.enter_context(Place.opened(size, site.environment(name)))
            for size, name in zip(scale.sizes, names, strict=True)
        ]
        return figures_of(places, scale)
