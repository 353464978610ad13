"""Whose figures: a cohort, an institution, a university with those attached to it, the country; or a programme."""

from __future__ import annotations

from dataclasses import dataclass

from ..rollups.places import PROGRAMME_KINDS, Kind

PROGRAMMES = {
    Kind.INSTITUTION: Kind.INSTITUTION_PROGRAMME,
    Kind.UNIVERSITY: Kind.UNIVERSITY_PROGRAMME,
    Kind.NATIONAL: Kind.NATIONAL_PROGRAMME,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """A place that has figures. Make it by its name: `Scope.cohort(pk)`, `Scope.university(pk, programme=pk)`…"""

    kind: Kind
    place_id: int = 0
    programme_id: int = 0

    @classmethod
    def cohort(cls, cohort_id: int) -> Scope:
        """Return the scope of one cohort."""
        return cls(Kind.COHORT, cohort_id)

    @classmethod
    def institution(cls, institution_id: int, *, programme: int = 0) -> Scope:
        """Return the scope of the people an institution enrols itself, or of one programme there."""
        return cls(Kind.INSTITUTION, institution_id)._of(programme)

    @classmethod
    def university(cls, institution_id: int, *, programme: int = 0) -> Scope:
        """Return the scope of the people a university counts, those of attached institutions too."""
        return cls(Kind.UNIVERSITY, institution_id)._of(programme)

    @classmethod
    def national(cls, *, programme: int = 0) -> Scope:
        """Return the scope of the country, where each person counts once."""
        return cls(Kind.NATIONAL)._of(programme)

    @property
    def programmes(self) -> Kind:
        """Return the kind of the programmes inside this scope. Raises ValueError for one that has none."""
        if self.kind not in PROGRAMMES:
            raise ValueError(f"{self.kind.name} has no programmes of its own.")
        return PROGRAMMES[self.kind]

    @property
    def is_programme(self) -> bool:
        """Say whether it is one programme of a place."""
        return self.kind in PROGRAMME_KINDS

    def _of(self, programme: int) -> Scope:
        return Scope(PROGRAMMES[self.kind], self.place_id, programme) if programme else self
