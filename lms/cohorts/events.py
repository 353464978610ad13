"""What happens to who belongs where. Institutions, cohorts and students are named by uuid, accounts by id."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """The student `aggregate` got a place in `cohort`; `user` is their account, once they have claimed it."""

    enrolment: int
    cohort: UUID
    institution: UUID
    user: int | None


@dataclass(frozen=True, kw_only=True)
class EnrolmentEnded(Event):
    """The place of the student `aggregate` in `cohort` ended; the row stays."""

    enrolment: int
    cohort: UUID
    institution: UUID
    user: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentClaimed(Event):
    """The student `aggregate` is now known to be `user`, in all the places they have."""

    institution: UUID
    user: int


@dataclass(frozen=True, kw_only=True)
class EnrolmentUnclaimed(Event):
    """`user` left the place of the student `aggregate`, which is free again."""

    institution: UUID
    user: int


@dataclass(frozen=True, kw_only=True)
class SharingGranted(Event):
    """`user` (whose uuid is `aggregate`) lets `institution` see `scope`."""

    institution: UUID
    user: int
    scope: str


@dataclass(frozen=True, kw_only=True)
class SharingWithdrawn(Event):
    """`user` (whose uuid is `aggregate`) no longer lets `institution` see `scope`."""

    institution: UUID
    user: int
    scope: str


@dataclass(frozen=True, kw_only=True)
class CohortChanged(Event):
    """Facts of the cohort `aggregate` changed: created, renamed, closed, opened again."""

    institution: UUID


@dataclass(frozen=True, kw_only=True)
class CohortRostered(Event):
    """Many places of the cohort `aggregate` changed at once: whoever keeps figures of it reads its rows again."""

    institution: UUID


@dataclass(frozen=True, kw_only=True)
class CohortMoved(Event):
    """The cohort `aggregate`, with its people, went from `source` to `institution`."""

    source: UUID
    institution: UUID


@dataclass(frozen=True, kw_only=True)
class AttachmentChanged(Event):
    """The institution `aggregate` is attached to `parent`, or its dates changed, or it no longer is."""

    parent: UUID


@dataclass(frozen=True, kw_only=True)
class InstitutionMerged(Event):
    """The institution `aggregate` was taken over by `into`; told after each CohortMoved."""

    into: UUID


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """`user` (whose uuid is `aggregate`) holds `role`, in `institution` or for the whole platform."""

    user: int
    role: str
    institution: UUID | None


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """`user` (whose uuid is `aggregate`) no longer holds `role`."""

    user: int
    role: str
    institution: UUID | None
