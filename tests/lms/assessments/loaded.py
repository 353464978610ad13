"""Part of the real bank, the framework and the assessments in a test's database: read once, then copied."""

import re
import shutil
from copy import copy
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from competencies import api as competencies
from kernel.models import OutboxEvent
from lms.assessments import delivery
from question_bank import api as bank

CONTENT = Path(bank.__file__).parent / "content"
KEPT = 6  # items of each competency: enough to choose from, few enough to be copied at once
KIND = re.compile(r"^interaction: (\w+)$(?:.*?^  scene:\n    kind: (\w+)$)?", re.DOTALL | re.MULTILINE)
APPS = ("kernel", "competencies", "question_bank", "assessments")
Rows = dict[type[Model], list[Model]]
_rows: Rows = {}


def load() -> None:
    """Put everything an attempt needs in the database."""
    forget()
    if _rows:
        _copy()
    else:
        _read()


def forget() -> None:
    """Drop what the process remembers of another test's rows."""
    bank.forget()
    competencies.forget()
    delivery.forget()


def load_from_files() -> None:
    """Run the commands that an installation runs, on part of the bank."""
    for name in ("load_retention", "load_framework", "load_assessments"):
        call_command(name, stdout=StringIO())
    with TemporaryDirectory() as folder:
        copy_some_files(Path(folder))
        call_command("load_items", path=Path(folder), stdout=StringIO())


def copy_some_files(folder: Path) -> None:
    """Copy the first files of each competency to a folder, and what is missing for one of each kind."""
    found = {path: sorted(path.glob("*.yaml")) for path in sorted(CONTENT.iterdir()) if path.is_dir()}
    known = {_kind(path) for paths in found.values() for path in paths[:KEPT]}
    for competency, paths in found.items():
        (folder / competency.name).mkdir()
        for path in [*paths[:KEPT], *_first_of_each_kind(paths[KEPT:], known)]:
            shutil.copy(path, folder / competency.name)


def _first_of_each_kind(paths: list[Path], known: set[tuple[str, ...]]) -> list[Path]:
    """Return the first item of each interaction, and of each environment of simulations, not `known` yet."""
    found = []
    for path in paths:
        if (kind := _kind(path)) not in known:
            known.add(kind)
            found.append(path)
    return found


def _kind(path: Path) -> tuple[str, ...]:
    kind = KIND.search(path.read_text(encoding="utf-8"))
    return kind.groups() if kind else ()


def _read() -> None:
    load_from_files()
    OutboxEvent.objects.all().delete()
    models = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    alone = [model for model in models if not model._meta.parents]  # others (workflow tasks) come with the migrations
    _rows.update({model: list(model._base_manager.order_by("pk")) for model in alone})


def _copy() -> None:
    """Insert the rows with their own ids; foreign keys go in rings, and are checked at the end."""
    with transaction.atomic():
        for model, rows in _rows.items():
            model._base_manager.bulk_create([copy(row) for row in rows])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [model for model, rows in _rows.items() if rows]
        ):
            cursor.execute(statement)
