"""What a table is: its columns, its raw values, and why a cell says nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a column holds. A percent is a share, from 0 to 1; a score is a whole number of points."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    DECIMAL = "decimal"
    DATE = "date"
    LEVEL = "level"
    SCORE = "score"


NUMBERS = frozenset({Kind.COUNT, Kind.PERCENT, Kind.DECIMAL, Kind.SCORE})
DECIMALS = {Kind.DECIMAL: 1}


class Mask(Enum):
    """Why a cell says no figure. Any enumeration whose members have a `label` serves as well."""

    SMALL = "small"
    DEDUCED = "deduced"
    UNSHARED = "unshared"
    UNMEASURED = "unmeasured"
    CLOSED = "closed"

    @property
    def label(self) -> str | Promise:
        """Return it as people read it, in the cell."""
        return LABELS[self]

    @property
    def reason(self) -> str | Promise:
        """Return why, in a sentence for below the table; nothing when the label says it all."""
        return REASONS.get(self, "")


LABELS: dict[Mask, str | Promise] = {
    Mask.SMALL: _("masqué"),
    Mask.DEDUCED: _("masqué aussi"),
    Mask.UNSHARED: _("ne partage pas"),
    Mask.UNMEASURED: _("pas encore mesuré"),
    Mask.CLOSED: _("pas encore ouvert"),
}
REASONS: dict[Mask, str | Promise] = {
    Mask.SMALL: _("« masqué » : trop peu de personnes pour qu’un chiffre ne dise rien de chacune."),
    Mask.DEDUCED: _("« masqué aussi » : ce chiffre permettrait de retrouver, par soustraction, un chiffre masqué."),
}


@dataclass(frozen=True)
class Column:
    """A column: `definition` is the key of what it counts (data/definitions/), `decimals` how exact it is said."""

    key: str
    label: str
    kind: str = Kind.TEXT
    definition: str = ""
    decimals: int | None = None

    @property
    def is_number(self) -> bool:
        """Say whether its cells are aligned as numbers."""
        return self.kind in NUMBERS

    @property
    def places(self) -> int:
        """Return how many decimals are said; of a percent, those after the whole percent."""
        return DECIMALS.get(Kind(self.kind), 0) if self.decimals is None else self.decimals


Rows = Iterable[Sequence[Any]] | Callable[[], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class Table:
    """A table: raw values in `rows` (numbers, dates, texts; None: nothing to say; a Mask: not said).

    The first column names the row. `rows` may be a function, called each time the rows are read: one over a queryset’s
    `.iterator()` keeps memory flat. `as_of`: the date of the data; `filters`: (name, value) asked for on the page.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Rows
    as_of: datetime
    note: str = ""
    source: str = ""
    filters: Sequence[tuple[str, str]] = field(default=())

    def __iter__(self) -> Iterator[Sequence[Any]]:
        """Return the rows, from the first."""
        return iter(self.rows() if callable(self.rows) else self.rows)

    def page(self, rows: Rows) -> "Table":
        """Return the same table with some of its rows: what one page of the screen shows."""
        return replace(self, rows=rows)
