"""Loading institutions and programmes from their files: whole or not at all, as often as one likes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from kernel.datafile import read
from kernel.entries import entries

from .entries import INSTITUTION, PROGRAMME
from .models import Institution, Programme

DATA = Path(__file__).parent / "data"
# For whoever reads the file; the platform does not show it.
ONLY_IN_FILE = {"key", "texts"}


@dataclass(frozen=True)
class Loaded:
    """How many lines were read, how many made a row, how many changed one."""

    read: int
    created: int
    changed: int


@transaction.atomic
def load_institutions(*, path: Path = DATA / "institutions.yaml") -> Loaded:
    """Write the institutions of a file. Raises DataFileError, with nothing written, for a file that breaks a rule."""
    file = read(path)
    return _load(Institution, entries(file, "institutions", INSTITUTION, unique=("key", "uai", "name")))


@transaction.atomic
def load_programmes(*, path: Path = DATA / "programmes.yaml") -> Loaded:
    """Write the programmes of a file. Raises DataFileError, with nothing written, for a file that breaks a rule."""
    return _load(Programme, entries(read(path), "programmes", PROGRAMME, unique=("key", "number", "title")))


def _load(model: type[Institution] | type[Programme], lines: list[dict[str, Any]]) -> Loaded:
    manager: models.Manager[Any] = model._default_manager
    known = {row.key: row for row in manager.filter(key__in=[line["key"] for line in lines])}
    created = changed = 0
    for line in lines:
        row = known.get(line["key"])
        created += row is None
        changed += _write(row or model(key=line["key"]), line) and row is not None
    return Loaded(read=len(lines), created=created, changed=changed)


def _write(row: Institution | Programme, line: dict[str, Any]) -> bool:
    """Take over the facts that the file says anew; say whether there were any.

    A fact taken out of the file goes back to what a new row has, unless it was edited here since.
    """
    facts = {name: value for name, value in line.items() if name not in ONLY_IN_FILE}
    if row.loaded == facts and row.pk is not None:
        return False
    for name in sorted(set(facts) | set(row.loaded)):
        before = row.loaded.get(name)
        value = facts[name] if name in facts else _nothing(row, name)
        if before != facts.get(name) and (name in facts or getattr(row, name) == before):
            setattr(row, name, value)
    row.loaded = facts
    row.save()
    return True


def _nothing(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.get_default()
