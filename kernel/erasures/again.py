"""Erasing again, in a database that an older backup brought back, whatever was erased since."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kernel.models import Erasure

from .listing import Line
from .noting import Watched, digest_of, watched

BATCH = 2_000


@dataclass
class Again:
    """How many rows of each kind had come back and were erased again, and how many went because their time was over."""

    erased: dict[str, int] = field(default_factory=dict)
    due: dict[str, int] = field(default_factory=dict)


def erase_again(lines: Iterable[Line]) -> Again:
    """Erase again what `lines` say and what is due since, each as its own app does; note the lines in this database.

    Each row is its own transaction: stopped in the middle, it can be run again.
    """
    known = list(lines)
    done = Again()
    for what in watched():
        done.erased[what.kind] = _erase(what, {line.digest for line in known if line.kind == what.kind})
        done.due[what.kind] = _erase_due(what)
    _keep(known)
    return done


def _erase(what: Watched, digests: set[str]) -> int:
    rows: Any = what.model._default_manager
    uuids = rows.order_by().values_list("pk", "uuid").iterator(chunk_size=BATCH) if digests else ()
    back = [pk for pk, uuid in uuids if digest_of(what.kind, uuid) in digests]
    return sum(_erase_one(what, rows.filter(pk=pk).first()) for pk in sorted(back))


def _erase_one(what: Watched, row: Any) -> int:
    if row is None:  # went with another: a person takes their attempts along
        return 0
    what.erase(row)
    return 1


def _erase_due(what: Watched) -> int:
    total = 0
    while what.erase_due is not None and (count := what.erase_due()):
        total += count
    return total


def _keep(lines: list[Line]) -> None:
    rows = [Erasure(kind=line.kind, digest=line.digest, at=line.at) for line in lines]
    Erasure.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
