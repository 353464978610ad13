"""Where a summary counts: cohort, institution, university, country, and the programmes in each; by year, and for all.

Pure. A person who has two places counts once in each of these: `scopes` of a summary holds one bit for each kind of
place, by year and for all years, where this summary is the one that counts.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """The kinds of places that have figures."""

    COHORT = 0
    INSTITUTION_PROGRAMME = 1
    INSTITUTION = 2
    UNIVERSITY_PROGRAMME = 3  # with the institutions attached to it
    UNIVERSITY = 4
    NATIONAL_PROGRAMME = 5
    NATIONAL = 6


PROGRAMME_KINDS = frozenset({Kind.INSTITUTION_PROGRAMME, Kind.UNIVERSITY_PROGRAMME, Kind.NATIONAL_PROGRAMME})
ALL_YEARS = ""


class Place(NamedTuple):
    """Where an enrolment is; `university_id` is 0 when no university counts it."""

    cohort_id: int
    programme_id: int
    institution_id: int
    university_id: int
    academic_year: str

    def scope_id(self, kind: Kind) -> int:
        """Return which place of that kind it is (the country is 0)."""
        if kind is Kind.COHORT:
            return self.cohort_id
        if kind in (Kind.INSTITUTION, Kind.INSTITUTION_PROGRAMME):
            return self.institution_id
        return self.university_id if kind in (Kind.UNIVERSITY, Kind.UNIVERSITY_PROGRAMME) else 0


class Address(NamedTuple):
    """What names a place in the roll-ups; `academic_year` is "" for all years together."""

    kind: Kind
    scope_id: int
    programme_id: int
    academic_year: str


def bit(kind: Kind, *, is_all_years: bool) -> int:
    """Return the bit of `scopes` for a kind of place, of a year or of all."""
    return 1 << (2 * kind + is_all_years)


def possible(place: Place) -> Iterator[tuple[int, Address]]:
    """Yield each address where somebody at `place` may count, with its bit. A cohort has one year: no row for all."""
    for kind in Kind:
        if place.scope_id(kind) or kind in (Kind.NATIONAL, Kind.NATIONAL_PROGRAMME):
            programme_id = place.programme_id if kind in PROGRAMME_KINDS else 0
            yield _address(kind, place, programme_id, place.academic_year)
            if kind is not Kind.COHORT:
                yield _address(kind, place, programme_id, ALL_YEARS)


def counted(place: Place, scopes: int) -> Iterator[Address]:
    """Yield the addresses where a summary with these `scopes` counts."""
    return (address for one, address in possible(place) if scopes & one)


def _address(kind: Kind, place: Place, programme_id: int, year: str) -> tuple[int, Address]:
    address = Address(kind, place.scope_id(kind), programme_id, year)
    return bit(kind, is_all_years=not year), address
