"""What becomes of each table that leads to a person: a data file that the code obeys, and tests hold to the models."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from kernel.datafile import read

FILE = Path(__file__).parent / "data" / "personal_data.yaml"


@dataclass(frozen=True)
class Policy:
    """A line of the file: its header says what each word means."""

    label: str
    of: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    given: str = ""
    not_given: dict[str, str] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    kept: str = ""

    @property
    def model(self) -> type[Model]:
        """The table's model. Raises LookupError when no application has it."""
        return apps.get_model(self.label)

    def field(self, name: str) -> "Field[Any, Any]":
        """Return a column of the table. Raises FieldDoesNotExist."""
        found: Field[Any, Any] = self.model._meta.get_field(name)  # type: ignore[assignment]
        return found


@cache
def people() -> dict[str, Policy]:
    """Return the tables that lead to a person, by the label of their model."""
    return {label: _policy(label, line or {}) for label, line in read(FILE).value["people"].items()}


@cache
def nobody() -> frozenset[str]:
    """Return the labels of the models that lead to nobody."""
    return frozenset(read(FILE).value["nobody"])


def installed() -> Iterator[Policy]:
    """Yield the policies of the tables that this installation has."""
    return (policy for policy in people().values() if _is_installed(policy.label))


def _is_installed(label: str) -> bool:
    try:
        apps.get_model(label)
    except LookupError:
        return False
    return True


def _policy(label: str, line: dict[str, Any]) -> Policy:
    """`of` names the paths to an account; the others, by an address or a reference, are the share's to follow."""
    paths = tuple(path if isinstance(path, str) else next(iter(path.values())) for path in line.get("of", ()))
    reasons = {name: why for why, names in line.get("not_given", {}).items() for name in names}
    words: dict[str, Any] = {key: tuple(line.get(key, ())) for key in ("by", "written", "stays", "names")}
    words |= {key: line[key] for key in ("given", "kept") if key in line}
    return Policy(label=label, of=paths, not_given=reasons, **words)
