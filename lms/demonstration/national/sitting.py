"""Sitting a placement in a moment: paths and results come from the engine, marks from the checkers."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from lms.assessments import delivery
from lms.assessments.models import Assessment, Attempt, CompetencyResult
from question_bank import adaptive
from question_bank import api as bank
from question_bank.types import Answer, ItemContent

Scope = CompetencyResult.Scope
Mark = tuple[dict[str, Any], float, bool]  # an answer as it is stored, its score, whether it is right
SECONDS = 42  # on an item, about


@dataclass(frozen=True)
class Path:
    """The items that the engine chose for somebody, in order, and why it stopped."""

    theta: NDArray[np.float64]
    selection_log: list[int]
    pretest_log: list[int]
    stop_reason: str


class Room:
    """Where placements are sat: the offer, the bank in force, and the paths that have been walked."""

    def __init__(self, *, framework_id: int, release_id: int, seed: int) -> None:
        self.offer = Assessment.objects.select_related("blueprint").get(key="placement")
        self.framework_id, self.release_id = framework_id, release_id
        self.luck = np.random.default_rng(seed)
        self.paths: list[Path] = []
        self.levels: list[float] = []
        self._menus: dict[int, dict[int, list[Mark]]] = {}

    @cached_property
    def setting(self) -> delivery.Setting:
        """Return what the engine needs, the same for all."""
        return delivery.setting(self.blank())

    def blank(self) -> Attempt:
        """Return an attempt that is not saved."""
        return Attempt(
            assessment=self.offer,
            purpose=self.offer.purpose,
            framework_id=self.framework_id,
            bank_release_id=self.release_id,
            locale="fr",
        )

    def walk(self, theta: NDArray[np.float64]) -> Path:
        """Return the path that the engine chooses for somebody, answer by answer."""
        attempt = self.blank()
        delivery.begin(attempt, frozenset())
        while True:
            item = attempt.selection_log[-1]
            mark = self.mark(item, theta, self.luck.random())
            choice = delivery.advance(attempt, mark[1])
            if choice.item is None:
                return Path(theta, attempt.selection_log, attempt.pretest_log, choice.stop_reason)
            attempt.position += 1

    def prepare(self, count: int) -> None:
        """Walk `count` paths, for people of every level."""
        normals = self.luck.standard_normal((count, len(self.setting.framework.domain_of)))
        self.paths = [self.walk(theta) for theta in adaptive.examinees(self.setting.prior, normals)]
        self.paths.sort(key=lambda path: float(path.theta.mean()))
        self.levels = [float(path.theta.mean()) for path in self.paths]

    def path_for(self, theta: NDArray[np.float64], luck: float) -> Path:
        """Return the path of somebody of about the same level (one of sixteen), or one’s own when none is prepared."""
        if not self.paths:
            return self.walk(theta)
        place = bisect_left(self.levels, float(theta.mean())) + int(luck * 16) - 8
        return self.paths[min(max(place, 0), len(self.paths) - 1)]

    def mark(self, item: int, theta: NDArray[np.float64], luck: float) -> Mark:
        """Return what somebody at `theta` answers to an item, as its checker marks it."""
        wanted = adaptive.answer_of(self.setting.pool, item, theta, luck)
        menu = self.menu(item)
        choices = menu[max((score for score in menu if score <= wanted), default=0)]
        return choices[int(luck * 997) % len(choices)]

    def menu(self, item: int) -> dict[int, list[Mark]]:
        """Return answers to an item by their score, each marked by its checker."""
        if item not in self._menus:
            content = bank.item_content(self.setting.release.entries[item].item_version_id)
            menu: dict[int, list[Mark]] = {}
            for answer in _answers(content):
                outcome = bank.check(content, answer)
                menu.setdefault(int(outcome.score), []).append((answer.to_json(), outcome.score, outcome.is_correct))
            self._menus[item] = menu
        return self._menus[item]

    def sit(self, theta: NDArray[np.float64], luck: NDArray[np.float64]) -> "Sat":
        """Sit a placement; `luck`: numbers in [0, 1), one per item and one more."""
        path = self.path_for(theta, float(luck[-1]))
        marks = [self.mark(item, theta, float(luck[at])) for at, item in enumerate(path.selection_log)]
        return Sat(self, path, marks)


@dataclass(frozen=True)
class Sat:
    """A placement that was sat; what remains is to write it."""

    room: Room
    path: Path
    marks: Sequence[Mark]

    def attempt(self, *, owner_id: int, uuid: UUID, words: tuple[str, str], at: datetime) -> dict[str, Any]:
        """Return the row of the attempt, begun at `at`; `words`: its token and its secret."""
        row = self.room.blank()
        row.selection_log, row.pretest_log = self.path.selection_log, self.path.pretest_log
        finished_at = at + timedelta(seconds=SECONDS * len(self.marks))
        return {
            "uuid": uuid,
            "token": words[0],
            "mask_secret": words[1],
            "assessment_id": self.room.offer.pk,
            "purpose": self.room.offer.purpose,
            "owner_id": owner_id,
            "framework_id": self.room.framework_id,
            "bank_release_id": self.room.release_id,
            "locale": "fr",
            "state": Attempt.State.FINISHED.value,
            "started_at": at,
            "finished_at": finished_at,
            "served_at": finished_at - timedelta(seconds=SECONDS),
            "position": len(self.marks),
            "selection_log": row.selection_log,
            "pretest_log": row.pretest_log,
            "ability": delivery.replayed_ability(row, self.scores),
            "stop_reason": self.path.stop_reason,
        }

    @property
    def scores(self) -> list[float]:
        """The scores, in order."""
        return [score for _, score, _ in self.marks]

    def responses(self, attempt_id: int, at: datetime) -> list[dict[str, Any]]:
        """Return the rows of the answers."""
        entries, total = self.room.setting.release.entries, len(self.marks)
        return [
            {
                "attempt_id": attempt_id,
                "item_version_id": entries[self.path.selection_log[place]].item_version_id,
                "position": place + 1,
                "key": f"demo-{place + 1}",
                "payload_digest": "",
                "answer": answer,
                "is_correct": is_correct,
                "score": score,
                "is_unknown": answer["kind"] == "unknown",
                "is_pretest": place + 1 in self.path.pretest_log,
                "remaining": total - place - 1,
                "served_at": at + timedelta(seconds=SECONDS * place),
                "answered_at": at + timedelta(seconds=SECONDS * (place + 1) - 2),
            }
            for place, (answer, score, is_correct) in enumerate(self.marks)
        ]

    def results(self, attempt_id: int) -> list[dict[str, Any]]:
        """Return the rows of what the engine says of the whole attempt."""
        row, framework = self.room.blank(), self.room.setting.framework
        row.selection_log, row.pretest_log = self.path.selection_log, self.path.pretest_log
        report = delivery.measure(row, self.scores)
        lines = [(Scope.OVERALL, "", report.overall)]
        lines += [(Scope.DOMAIN, part.code, m) for part, m in zip(framework.domains, report.domains, strict=True)]
        lines += [
            (Scope.COMPETENCY, part.code, m)
            for part, m in zip(framework.competencies, report.competencies, strict=True)
        ]
        levels = [level.code for level in framework.levels]
        return [
            {
                "attempt_id": attempt_id,
                "scope": scope.value,
                "code": code,
                "theta": measure.theta,
                "standard_error": measure.standard_error,
                "score": measure.score,
                "low": measure.low,
                "high": measure.high,
                "level": levels[measure.level],
            }
            for scope, code, measure in lines
        ]


def _answers(content: ItemContent) -> list[Answer]:
    """Return the right answer, « je ne sais pas », and each choice alone where one is asked for."""
    found, right = [content.expected, Answer("unknown")], content.expected
    choices = [choice.id for choice in next(iter(content.wordings.values())).choices]
    if right.kind == "choice":
        found += [Answer("choice", choice) for choice in choices if choice != right.value]
    elif right.kind == "choices":
        found += [Answer("choices", (choice,)) for choice in choices]
    return found
