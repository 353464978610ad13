"""The people of one stream: a programme of an institution, two years running. Who came, what they did."""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from kernel import datafile
from lms.accounts.api import User
from lms.assessments.models import Attempt, CompetencyResult, Response
from lms.cohorts.api import Enrolment, SharingGrant, Student
from lms.dashboards.models import CompletedJourney
from lms.learning.models import ModuleProgress
from question_bank import adaptive

from .sitting import Room
from .writing import Rows, reserve

NAMES = datafile.read(Path(__file__).parent / "names.yaml").value
GAIN = 0.35  # logits, a year later
LONGEST = 60  # items of a path, more than any


@dataclass(frozen=True)
class Stream:
    """`cohorts`: last year’s, this year’s of those who went on, this year’s newcomers; `first`: share of the first.

    `shift`: what its people are above the country, in logits; `zeal`: how they follow, 1 being as usual.
    """

    key: str
    institution_id: int
    cohorts: tuple[int, int, int]
    size: int
    shift: float
    zeal: float
    first: float = 0.45


@dataclass(frozen=True)
class World:
    """What all streams share: the room of placements, modules, the students’ journey, the present."""

    room: Room
    module_ids: Sequence[int]
    journey: str
    now: datetime


def write_stream(stream: Stream, world: World, *, seed: Sequence[int]) -> tuple[list[int], list[int]]:
    """Write everybody of a stream; return (accounts, students without one)."""
    luck = np.random.default_rng(list(seed))
    people = _People(stream, world, luck)
    for place in range(stream.size):
        people.add(place)
    people.rows.write()
    return people.accounts, people.unclaimed


class _People:
    """The rows of a stream, person by person."""

    def __init__(self, stream: Stream, world: World, luck: np.random.Generator) -> None:
        self.stream, self.world, self.luck, self.rows = stream, world, luck, Rows()
        size = stream.size
        self.user_ids, self.student_ids = reserve(User, size), reserve(Student, size)
        self.attempt_ids = reserve(Attempt, 2 * size)[::-1]
        prior = world.room.setting.prior
        normals = luck.standard_normal((size, prior.dimensions))
        self.thetas = adaptive.examinees(prior, normals) + stream.shift
        self.accounts: list[int] = []
        self.unclaimed: list[int] = []
        # Students and accounts before what refers to them.
        for model in (User, Student, Enrolment, SharingGrant, Attempt, Response, CompetencyResult, ModuleProgress):
            self.rows.add(model)

    def add(self, place: int) -> None:
        """Add one person: enrolled, perhaps with an account, perhaps measured once or twice, perhaps trained."""
        is_first = place < self.stream.first * self.stream.size
        is_here = self._chance(0.94 if is_first else 0.82)
        user_id = self.user_ids[place] if is_here else None
        began = datetime(2025 if is_first else 2026, 9, 8, 9, tzinfo=UTC) + self._days(0, 20)
        self._enrol(place, user_id, began, is_first=is_first)
        if user_id is None:
            self.unclaimed.append(self.student_ids[place])
            return
        self.accounts.append(user_id)
        if self._chance(0.72):
            grant = {"user_id": user_id, "institution_id": self.stream.institution_id, "granted_at": began}
            self.rows.add(SharingGrant, {**grant, "scope": SharingGrant.Scope.COMPETENCY_DETAIL.value})
        self._learn(place, user_id, began, is_first=is_first)

    def _enrol(self, place: int, user_id: int | None, began: datetime, *, is_first: bool) -> None:
        first, last = self._name(NAMES["first_names"]), self._name(NAMES["last_names"])
        number = f"{self.stream.key}-{place + 1:04d}"
        email = _ascii(f"{first}.{last}.{number}@demo.example")
        if user_id is not None:
            account = {"id": user_id, "uuid": self._uuid(), "email": email, "password": "!" + secrets.token_hex(20)}
            self.rows.add(User, {**account, "first_name": first, "last_name": last, "date_joined": began})
        student = {"id": self.student_ids[place], "uuid": self._uuid(), "institution_id": self.stream.institution_id}
        known = {"student_number": number, "first_name": first, "last_name": last, "email": email}
        self.rows.add(
            Student,
            {**student, **known, "user_id": user_id, "claimed_at": began if user_id else None, "created_at": began},
        )
        year, again, new = self.stream.cohorts
        mine = {"student_id": self.student_ids[place], "user_id": user_id, "student_number": number}
        group = f"TD {place % 6 + 1}"
        opened = date(2025, 9, 1) if is_first else date(2026, 9, 1)
        line = {**mine, "cohort_id": year if is_first else new, "group": group, "start_date": opened}
        self.rows.add(Enrolment, line)
        if is_first and place % 10 < 7:  # the others left, or were graduated
            self.rows.add(Enrolment, {**line, "cohort_id": again, "start_date": date(2026, 9, 1)})

    def _learn(self, place: int, user_id: int, began: datetime, *, is_first: bool) -> None:
        theta, zeal = self.thetas[place], self.stream.zeal
        if not self._chance(0.97 * min(zeal, 1.0) if is_first else 0.84 * zeal):
            return
        measured_at = began + self._days(3, 60)
        self._sit(user_id, theta, measured_at)
        is_trained = self._chance((0.66 if is_first else 0.09) * zeal)
        until = began + self._days(120, 260) if is_first else measured_at + self._days(10, 40)
        self._follow(user_id, measured_at, until, is_trained=is_trained)
        if is_first and self._chance(0.8 if is_trained else 0.5):
            self._sit(user_id, theta + GAIN * (1.0 if is_trained else 0.4), until + self._days(5, 120))

    def _sit(self, user_id: int, theta: NDArray[np.float64], at: datetime) -> None:
        at = min(at, self.world.now - timedelta(hours=2))
        sat, attempt_id = self.world.room.sit(theta, self.luck.random(LONGEST)), self.attempt_ids.pop()
        words = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        self.rows.add(
            Attempt, {"id": attempt_id, **sat.attempt(owner_id=user_id, uuid=self._uuid(), words=words, at=at)}
        )
        self.rows.add(Response, *sat.responses(attempt_id, at))
        self.rows.add(CompetencyResult, *sat.results(attempt_id))

    def _follow(self, user_id: int, since: datetime, until: datetime, *, is_trained: bool) -> None:
        """Follow some modules; to be trained is to have completed the journey."""
        until = min(until, self.world.now - timedelta(hours=1))
        count = min(6 if is_trained else int(self.luck.integers(0, 4)), len(self.world.module_ids))
        step = (until - since) / max(count, 1)
        for number, module_id in enumerate(self.luck.permutation(self.world.module_ids)[:count]):
            started = since + step * number
            is_done = is_trained or self._chance(0.6)
            self.rows.add(ModuleProgress, self._progress(user_id, int(module_id), started, started + step, is_done))
        if is_trained and self.world.journey:
            done = {"user_id": user_id, "journey": self.world.journey, "completed_at": until}
            self.rows.add(CompletedJourney, done)

    def _progress(
        self, user_id: int, module_id: int, started: datetime, ended: datetime, is_done: bool
    ) -> dict[str, Any]:
        return {
            "uuid": self._uuid(),
            "owner_id": user_id,
            "module_id": module_id,
            "started_at": started,
            "seen_at": ended,
            "completed_at": ended if is_done else None,
            "seconds": int(self.luck.integers(700, 3600)),
            "best_check": int(self.luck.integers(60, 101)) if is_done else None,
            "checked_at": ended if is_done else None,
        }

    def _chance(self, share: float) -> bool:
        return bool(self.luck.random() < share)

    def _days(self, least: int, most: int) -> timedelta:
        return timedelta(days=int(self.luck.integers(least, most)), minutes=int(self.luck.integers(0, 540)))

    def _name(self, names: Sequence[str]) -> str:
        return names[int(self.luck.integers(len(names)))]

    def _uuid(self) -> UUID:
        return UUID(bytes=self.luck.bytes(16), version=4)


def _ascii(text: str) -> str:
    kept = unicodedata.normalize("NFKD", text.replace(" ", "-")).encode("ascii", "ignore")
    return kept.decode().lower()
