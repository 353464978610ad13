"""One simulation from beginning to end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from question_bank import adaptive

from ..models import Assessment
from . import measures
from .additions import addition
from .house import House, house_of
from .sitting import crowd, sit_all

FEWEST, MOST, USUAL = 20, 5000, 500
SEED = 2026
Tell = Callable[[int], None]


def simulate(*, offer: Assessment, people: int = USUAL, seed: int = SEED, tell: Tell | None = None) -> dict[str, Any]:
    """Return what `people` drawn from the prior find in the current release, as data that JSON can keep.

    Deterministic in its arguments, the release and the framework. Every answer follows the parameters that the release
    holds: while they are expected ones, so is what is found. `tell` hears the percentage done. Raises NoRelease, or
    BankTooSmall when there is nothing to serve.
    """
    here = house_of(offer)
    domains = range(here.pool.domain_count)
    done = _Steps(people + len(domains) * max(1, people // 2), tell)
    crowd_ = crowd(here, people, seed)
    found = sit_all(here, offer, crowd_, seed, done.one)
    return {
        "assessment": offer.key,
        "release": here.release.number,
        "is_provisional": here.release.is_provisional,
        "people": people,
        "seed": seed,
        "length": measures.length(found),
        "stop_reasons": measures.reasons(found),
        "overall": measures.precision(found, crowd_, measures.weighted(here)),
        "domains": [
            {**_named(here, d), **measures.precision(found, crowd_, measures.weighted(here, d))} for d in domains
        ],
        "exposure": measures.exposure(here, found),
        "overlap": measures.overlap(here, found),
        "shortfalls": shortfalls(here),
        "additions": [addition(here, offer, d, crowd_, found, seed, done.one) for d in domains],
    }


class _Steps:
    """Counts finished sittings and tells the percentage when it changes."""

    def __init__(self, total: int, tell: Tell | None) -> None:
        self.total, self.tell, self.count, self.told = total, tell, 0, -1

    def one(self, _: int) -> None:
        self.count += 1
        percent = 100 * self.count // self.total
        if self.tell and percent != self.told:
            self.told = percent
            self.tell(percent)


def shortfalls(here: House) -> list[dict[str, Any]]:
    """Return what the release lacks to serve the assessment."""
    found = adaptive.shortfalls(here.pool, here.blueprint, eligible=here.eligible)
    return [
        {"kind": one.kind.value, "available": one.available, "needed": one.needed, "where": _where(here, one)}
        for one in found
    ]


def _where(here: House, one: adaptive.Shortfall) -> str:
    if one.number is None:
        return ""
    parts = here.framework.domains if one.kind == adaptive.ShortfallKind.DOMAIN else here.framework.competencies
    return str(parts[one.number].code)


def _named(here: House, domain: int) -> dict[str, Any]:
    found = here.framework.domains[domain]
    return {"key": found.code, "title": found.title("fr"), "title_en": found.title("en")}
