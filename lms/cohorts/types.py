"""What a person may see of institutions, at one moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class House(Protocol):
    """Anything that is an institution."""

    pk: int


class Group(Protocol):
    """Anything that is a cohort."""

    pk: int
    institution_id: int


@dataclass(frozen=True)
class Access:
    """The institutions and cohorts of a person who frames others, as ids, at `at`. Whoever frames nobody has none.

    `managed`: institutions they coordinate themselves: facts, team, cohorts. `coordinated` and `taught`: those whose
    people they see as coordinator or instructor, which adds the institutions attached to them at that date.
    `taught_cohorts`: an instructor's role may be narrowed to one cohort; `cohort_houses` are their institutions.
    A national pilot sees figures, never a cohort nor a person. Platform staff keeps institutions and roles and, for
    that, sees nobody's students either.
    """

    user_id: int
    at: datetime
    managed: frozenset[int] = frozenset()
    coordinated: frozenset[int] = frozenset()
    taught: frozenset[int] = frozenset()
    taught_cohorts: frozenset[int] = frozenset()
    cohort_houses: frozenset[int] = frozenset()
    is_pilot: bool = False
    is_platform_staff: bool = False

    @property
    def institutions(self) -> frozenset[int]:
        """Return the ids of the institutions all of whose people are visible."""
        return self.coordinated | self.taught

    @property
    def houses(self) -> frozenset[int]:
        """Return the ids of the institutions that are visible, if only for one cohort."""
        return self.institutions | self.cohort_houses

    @property
    def is_framing(self) -> bool:
        """Say whether they frame anybody, anywhere: what /pilotage/ asks first."""
        return bool(self.houses)

    def manages(self, institution: House) -> bool:
        """Say whether its facts, team and cohorts are theirs to change."""
        return institution.pk in self.managed or self.is_platform_staff

    def coordinates(self, institution: House) -> bool:
        """Say whether they coordinate it, or the university it is attached to."""
        return institution.pk in self.coordinated

    def may_see_names(self, institution: House) -> bool:
        """Say whether they may see the names of all the students of `institution`."""
        return institution.pk in self.institutions

    def may_see_cohort(self, cohort: Group) -> bool:
        """Say whether they may see the students of `cohort`, names included."""
        return cohort.institution_id in self.institutions or cohort.pk in self.taught_cohorts
