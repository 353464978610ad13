"""What a page says of the march: from what was published, words and pictures. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils.formats import number_format as number
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.cohorts.api import year_bounds
from themes import pictures

from ..snapshots import Protected, Snapshot
from ..tables import Mask
from ..targets import Target
from .projection import Projection, months_from, project

TRAINED = ("trained_measured", "trained_declared")


class Unsaid(Enum):
    """Why a place has no figure in public: nobody, or too few to be told of; which of the two is not told either."""

    FEW = "few"

    @property
    def label(self) -> str | Promise:
        """Return it as people read it."""
        return gettext_lazy("aucun, ou trop peu")


def unsaid(found: Any) -> Any:
    """Return a cell in the words of these pages, where nobody and too few read the same."""
    return Unsaid.FEW if found is Mask.SMALL else found


@dataclass(frozen=True)
class Place:
    """A university or a programme, with what is published of it."""

    pk: int
    key: str
    title: str
    said: Protected
    is_demo: bool = False
    hours: float = 0.0

    @property
    def label(self) -> str:
        """Its name, and that its figures are made up when they are."""
        return f"{self.title} ({_('données de démonstration')})" if self.is_demo else self.title

    def cell(self, measure: str) -> Any:
        """Return the number, or why there is none."""
        return unsaid(self.said.cell(measure))

    def is_few(self, *measures: str) -> bool:
        """Say whether all these measures read “none, or too few”."""
        return all(self.cell(measure) is Unsaid.FEW for measure in measures)

    @property
    def trained(self) -> tuple[int, int] | None:
        """Return how many are trained, (measured, declared); None when either is not told."""
        measured, declared = (self.said.value(name) for name in TRAINED)
        return None if measured is None or declared is None else (int(measured), int(declared))


@dataclass(frozen=True)
class March:
    """What the whole country has done; numbers are None when nothing is published yet."""

    snapshot: Snapshot | None
    target: Target
    today: date

    @property
    def at(self) -> datetime | None:
        """The moment of the data."""
        return self.snapshot.taken_at if self.snapshot else None

    @property
    def whole(self) -> Protected:
        """What is published of the whole."""
        return self.snapshot.whole if self.snapshot else Protected()

    def number(self, measure: str) -> int | None:
        """Return a count of the whole country; None when it is not told."""
        found = self.whole.value(measure)
        return None if found is None else int(found)

    @property
    def measured(self) -> int | None:
        """How many were trained here."""
        return self.number("trained_measured")

    @property
    def declared(self) -> int | None:
        """How many their institutions declare."""
        return self.number("trained_declared")

    @property
    def done(self) -> int:
        """How many are trained as far as is told, measured and declared together."""
        return sum(self.number(name) or 0 for name in TRAINED)

    @property
    def months(self) -> dict[date, int]:
        """Return {first day: people trained}; what is told of several months together is shared out between them."""
        said = self.snapshot.march if self.snapshot else {}
        told = {date.fromisoformat(day): sum(own.values()) for day, own in said.get("months", {}).items()}
        for year, own in said.get("years", {}).items():
            told = _shared_out(told, year, sum(own.values()), self.today)
        return dict(sorted(told.items()))

    @property
    def years(self) -> list[dict[str, Any]]:
        """Return each academic year told: {year, measured, declared, why}; `why` a measure is not said, by its name."""
        said = self.snapshot.march.get("years", {}) if self.snapshot else {}
        return [
            {"year": year, "measured": own.get(TRAINED[0]), "declared": own.get(TRAINED[1]), "why": self._why(year)}
            for year, own in sorted(said.items())
        ]

    def _why(self, year: str) -> Mapping[str, str]:
        return self.snapshot.march.get("unsaid", {}).get(year, {}) if self.snapshot else {}

    @property
    def projection(self) -> Projection | None:
        """Where the present pace leads; None when it is too early to say."""
        return project(self.months, done=self.done, target=self.target.figure, today=self.today)


def _shared_out(told: dict[date, int], year: str, total: int, today: date) -> dict[date, int]:
    """Add what a year has more than its months that are told, evenly over its other whole months."""
    own = months_from(year_bounds(year)[0], 12)
    left = total - sum(told.get(month, 0) for month in own)
    others = [month for month in own if month not in told and month <= today]
    if left <= 0 or not others:
        return told
    return told | {month: left // len(others) for month in others}


def march_picture(march: March) -> dict[str, Any]:
    """Draw how far the country is on its way: measured, then declared, of the target; nothing is drawn of nothing."""
    if march.snapshot is None:
        return both([], 1.0, "")
    measured, declared = (march.number(name) or 0 for name in TRAINED)
    words = share_words(march.done, march.target.figure)
    row = {"label": _("Formés"), "value_label": words, "parts": [measured, declared]}
    return both([row], float(max(march.target.figure, march.done)), _("Vers l’objectif"), is_whole=True)


def share_words(done: int, figure: int) -> str:
    """Say which share of the target is reached: never more than is, never nothing of something."""
    if 0 < done * 10_000 < figure:
        return _("moins de %(share)s %% de l’objectif") % {"share": number(0.01, 2)}
    places = 1 if done * 100 >= figure else 2
    reached = done * 100 * 10**places // figure
    return _("%(share)s %% de l’objectif") % {"share": number(reached / 10**places, places)}


def years_picture(march: March) -> Any:
    """Draw those trained each year."""
    bars = [
        {"label": one["year"], "value": total, "value_label": number(total, force_grouping=True)}
        for one in march.years
        if (total := (one["measured"] or 0) + (one["declared"] or 0))
    ]
    return pictures.columns(bars, title=_("Formés par année universitaire")) if bars else ""


def places_picture(places: Sequence[Place], title: str) -> dict[str, Any]:
    """Draw the trained people of each place that is told, the most first."""
    known = [(place, place.trained) for place in places]
    rows = [(place.title, trained) for place, trained in known if trained is not None and any(trained)]
    rows.sort(key=lambda row: (-sum(row[1]), row[0]))
    top = max((sum(trained) for _title, trained in rows), default=0)
    drawn = [
        {"label": label, "value_label": number(sum(trained), force_grouping=True), "parts": list(trained)}
        for label, trained in rows
    ]
    return both(drawn, float(top or 1), title, is_whole=True)


def both(rows: Sequence[Mapping[str, Any]], top: float, title: str, *, is_whole: bool = False) -> dict[str, Any]:
    """Draw bars for a wide page and for a phone; nothing when there is no row."""
    if not rows:
        return {"wide": "", "phone": ""}
    return {
        "wide": pictures.bars(rows, top, title=title, is_whole=is_whole),
        "phone": pictures.bars_phone(rows, top, title=title),
    }
