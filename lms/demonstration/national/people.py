"""The rows of some streams: who is enrolled, has an account, was measured, follows modules. All streams at once."""

import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from kernel import datafile
from lms.accounts.api import User
from lms.assessments.models import Attempt
from lms.cohorts.api import Enrolment, SharingGrant, Student
from lms.dashboards.models import CompletedJourney, LearnerSummary
from lms.learning.models import ModuleProgress

from .classes import teach
from .crowd import Crowd, Stream, texts
from .papers import Papers
from .sitting import Room
from .writing import NULL, Sheet, reserve, written

NAMES = datafile.read(Path(__file__).parent / "names.yaml").value
SHARED = SharingGrant.Scope.COMPETENCY_DETAIL.value
OPENED = ("2025-09-01", "2026-09-01")


@dataclass(frozen=True)
class World:
    """What all streams share: the room of placements, modules, the students’ journey, competencies, the present."""

    room: Room
    module_ids: Sequence[int]
    journey: str
    competencies: Sequence[str]
    now: datetime


def write_streams(streams: Sequence[Stream], world: World, *, seed: Sequence[int]) -> tuple[list[int], list[int]]:
    """Write everybody of some streams; return (accounts, students without one)."""
    people = _People(Crowd(streams, np.random.default_rng(list(seed)), _moment(world.now)), world)
    for sheet in (*people.arrive(), *people.sit(), *people.follow(), *people.attend()):
        sheet.write()
    has_account = people.crowd.is_here
    accounts = np.array(people.user_ids)[has_account].tolist()
    return accounts, np.array(people.student_ids)[~has_account].tolist()


def write_summaries(drafts: Sequence[LearnerSummary]) -> None:
    """Write the summaries of people."""
    names = [field.attname for field in LearnerSummary._meta.concrete_fields if not field.primary_key]
    sheet = Sheet(LearnerSummary, names)
    sheet.add("\t".join([written(getattr(draft, name)) for name in names]) for draft in drafts)
    sheet.write()


class _People:
    """The rows of a crowd."""

    def __init__(self, crowd: Crowd, world: World) -> None:
        self.crowd, self.world = crowd, world
        self.user_ids, self.student_ids = reserve(User, crowd.count), reserve(Student, crowd.count)
        self.enrolments: list[tuple[int, int]] = []  # (id, person) of those of last year

    def arrive(self) -> Iterator[Sheet]:
        """Return accounts, students, places, agreements."""
        crowd = self.crowd
        users = Sheet(User, ("id", "uuid", "password", "email", "first_name", "last_name", "date_joined"))
        students = Sheet(
            Student,
            (
                "id", "uuid", "institution_id", "student_number", "first_name", "last_name", "email", "created_at",
                "user_id", "claimed_at",
            ),
        )  # fmt: skip
        sharing = Sheet(SharingGrant, ("user_id", "institution_id", "scope", "granted_at"))
        codes, began, who = crowd.uuids(2 * crowd.count), texts(crowd.began), list(self._named())
        for person, (house, number, first, last, email) in enumerate(who):
            user, is_here, at = self.user_ids[person], crowd.is_here[person], began[person]
            if is_here:
                password = f"!{secrets.token_hex(20)}"
                users.lines.append(f"{user}\t{codes.pop()}\t{password}\t{email}\t{first}\t{last}\t{at}")
            mine = f"{user}\t{at}" if is_here else f"{NULL}\t{NULL}"
            known = f"{house}\t{number}\t{first}\t{last}\t{email}\t{at}"
            students.lines.append(f"{self.student_ids[person]}\t{codes.pop()}\t{known}\t{mine}")
            if crowd.is_sharing[person]:
                sharing.lines.append(f"{user}\t{house}\t{SHARED}\t{at}")
        yield from (users, students, self._places([number for _, number, *_ in who]), sharing)

    def _named(self) -> Iterator[tuple[int, str, str, str, str]]:
        """Yield (institution, number, first name, last name, e-mail) of each."""
        crowd, streams = self.crowd, self.crowd.streams
        firsts, lasts = NAMES["first_names"], NAMES["last_names"]
        plain = [_ascii(name) for name in firsts], [_ascii(name) for name in lasts]
        drawn = (crowd.draw(0, len(names)).tolist() for names in (firsts, lasts))
        for first, last, stream, place in zip(*drawn, crowd.stream, crowd.place, strict=True):
            number = f"{streams[stream].key}-{place + 1:04d}"
            email = f"{plain[0][first]}.{plain[1][last]}.{number.lower()}@demo.example"
            yield streams[stream].institution_id, number, firsts[first], lasts[last], email

    def _places(self, numbers: Sequence[str]) -> Sheet:
        """Return the enrolments: of last year, of those who went on, of newcomers."""
        crowd = self.crowd
        ids = reserve(Enrolment, crowd.count + int(crowd.goes_on.sum()))[::-1]
        found = Sheet(Enrolment, ("id", "cohort_id", "student_id", "user_id", "student_number", "group", "start_date"))
        for person, number in enumerate(numbers):
            year, again, new = crowd.streams[crowd.stream[person]].cohorts
            user = self.user_ids[person] if crowd.is_here[person] else NULL
            mine = f"{self.student_ids[person]}\t{user}\t{number}\tTD {crowd.place[person] % 6 + 1}"
            if not crowd.is_first[person]:
                found.lines.append(f"{ids.pop()}\t{new}\t{mine}\t{OPENED[1]}")
                continue
            if crowd.goes_on[person]:
                found.lines.append(f"{ids.pop()}\t{again}\t{mine}\t{OPENED[1]}")
            self.enrolments.append((ids.pop(), person))
            found.lines.append(f"{self.enrolments[-1][0]}\t{year}\t{mine}\t{OPENED[0]}")
        return found

    def sit(self) -> list[Sheet]:
        """Return the attempts, their answers and their results; a person’s are in the order of time."""
        crowd, room = self.crowd, self.world.room
        people, times = np.nonzero(crowd.sits)
        thetas = crowd.thetas(room.setting.prior)[people, times]
        sat = room.sit(thetas, crowd.luck.random((people.size, room.longest + 1)))
        papers = Papers(room, sat, crowd.sat_at[people, times], ids=reserve(Attempt, people.size))
        owners = np.array(self.user_ids)[people].tolist()
        return [papers.attempts(owners, crowd.uuids(people.size)), papers.responses(), papers.results()]

    def follow(self) -> list[Sheet]:
        """Return the modules that were followed, and the journeys that were completed."""
        crowd, world, wanted = self.crowd, self.world, self.crowd.followed
        count = min(len(world.module_ids), int(wanted.max(initial=0)))
        steps = (crowd.until - crowd.first_at) // np.maximum(wanted, 1)
        modules = np.argsort(crowd.luck.random((crowd.count, len(world.module_ids))), axis=1)[:, :count]
        people, numbers = np.nonzero(np.arange(count) < wanted[:, None])
        started = crowd.first_at[people] + steps[people] * numbers
        is_done = crowd.is_trained[people] | (crowd.luck.random(people.size) < 0.6)
        done = Sheet(
            ModuleProgress,
            (
                "uuid", "owner_id", "module_id", "started_at", "seen_at", "seconds", "completed_at", "checked_at",
                "best_check",
            ),
        )  # fmt: skip
        columns = zip(
            crowd.uuids(people.size), np.array(self.user_ids)[people].tolist(), modules[people, numbers].tolist(),
            texts(started), texts(started + steps[people]), crowd.draw(700, 3600, people.size).tolist(),
            is_done.tolist(), crowd.draw(60, 101, people.size).tolist(), strict=True,
        )  # fmt: skip
        for code, owner, module, at, ended, seconds, is_over, score in columns:
            over = f"{ended}\t{ended}\t{score}" if is_over else f"{NULL}\t{NULL}\t{NULL}"
            done.lines.append(f"{code}\t{owner}\t{world.module_ids[module]}\t{at}\t{ended}\t{seconds}\t{over}")
        return [done, self._journeys()]

    def attend(self) -> list[Sheet]:
        """Return the hours of class, and who was declared validated."""
        return teach(self.crowd, self.enrolments, self.world.competencies, self.world.now)

    def _journeys(self) -> Sheet:
        done, until = Sheet(CompletedJourney, ("user_id", "journey", "completed_at")), texts(self.crowd.until)
        if self.world.journey:
            trained = np.flatnonzero(self.crowd.is_trained).tolist()
            done.add(f"{self.user_ids[person]}\t{self.world.journey}\t{until[person]}" for person in trained)
        return done


def _moment(now: datetime) -> np.datetime64:
    return np.datetime64(now.astimezone(UTC).replace(tzinfo=None), "s")


def _ascii(text: str) -> str:
    kept = unicodedata.normalize("NFKD", text.replace(" ", "-")).encode("ascii", "ignore")
    return kept.decode().lower()
