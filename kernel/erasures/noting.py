"""Noting what is erased, in the transaction that erases it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete

from kernel.models import Erasure, Identified


@dataclass(frozen=True)
class Watched:
    """A model whose rows, once removed, must not come back: how one that did is erased again, as it was the first time.

    `is_due` says of a row being removed that its own time was over: it needs no note, its date says it again.
    `erase_due` erases a batch of such rows and returns how many, 0 when none is left.
    """

    model: type[Identified]
    erase: Callable[[Any], None]
    is_due: Callable[[Any], bool] | None = None
    erase_due: Callable[[], int] | None = None

    @property
    def kind(self) -> str:
        """Return the model's label, by which notes name it."""
        return self.model._meta.label_lower


_watched: dict[str, Watched] = {}


def watch(what: Watched) -> None:
    """Note from now on whatever is removed of a model, by whatever way, the admin's pages and cascades included."""
    _watched[what.kind] = what
    post_delete.connect(_note, sender=what.model, dispatch_uid=f"erasures.{what.kind}")


def watched() -> list[Watched]:
    """Return what is watched, from the ground floor up: who leads to the others first."""
    return list(_watched.values())


def digest_of(kind: str, uuid: UUID) -> str:
    """Return the SHA-256, in hexadecimal, under which the row `uuid` of `kind` is noted."""
    return hashlib.sha256(f"{kind}:{uuid}".encode()).hexdigest()


def _note(sender: Any, instance: Any, **kwargs: Any) -> None:
    what = _watched[instance._meta.label_lower]
    if what.is_due is None or not what.is_due(instance):
        note = Erasure(kind=what.kind, digest=digest_of(what.kind, instance.uuid))
        Erasure.objects.bulk_create([note], ignore_conflicts=True)
