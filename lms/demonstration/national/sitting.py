"""Sitting placements in a moment: paths come from the engine, marks from the checkers, results from the measure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lms.assessments import delivery
from lms.assessments.models import Assessment, Attempt
from question_bank import adaptive
from question_bank import api as bank
from question_bank.types import Answer, ItemContent

from .measuring import Answers, Measures, believed, measured, reached

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Mark = tuple[dict[str, Any], float, bool]  # an answer as it is stored, its score, whether it is right


@dataclass(frozen=True)
class Path:
    """The items that the engine chose for somebody, in order, and why it stopped."""

    theta: Reals
    selection_log: list[int]
    pretest_log: list[int]
    stop_reason: str


@dataclass(frozen=True)
class Sittings:
    """n placements that were sat. `paths` and `marks` (into Room.paths and Room.marks) are int[n] and int[n, L].

    `abilities`: as the attempts keep them; `measures`: what the whole attempts say.
    """

    paths: Whole
    marks: Whole
    abilities: list[bytes]
    measures: Measures


class Room:
    """Where placements are sat: the offer, the bank in force, paths that have been walked, the answers there are."""

    def __init__(self, *, framework_id: int, release_id: int, seed: int, paths: int) -> None:
        self.offer = Assessment.objects.select_related("blueprint").get(key="placement")
        self.framework_id, self.release_id = framework_id, release_id
        self.luck = np.random.default_rng(seed)
        self._menus: dict[int, dict[int, list[Mark]]] = {}
        normals = self.luck.standard_normal((paths, len(self.setting.framework.domain_of)))
        walked = [self._walk(theta) for theta in adaptive.examinees(self.setting.prior, normals)]
        self.paths = sorted(walked, key=lambda path: float(path.theta.mean()))
        self.levels = np.array([path.theta.mean() for path in self.paths])
        self._lay_out()

    @cached_property
    def setting(self) -> delivery.Setting:
        """Return what the engine needs, the same for all."""
        return delivery.setting(self._blank())

    @property
    def longest(self) -> int:
        """Return how many items the longest path has."""
        return int(self.items.shape[1])

    @property
    def scopes(self) -> list[tuple[str, str]]:
        """Return the (scope, code) of each column of the measures."""
        framework = self.setting.framework
        return [
            ("overall", ""),
            *(("domain", one.code) for one in framework.domains),
            *(("competency", one.code) for one in framework.competencies),
        ]

    def sit(self, thetas: Reals, luck: Reals) -> Sittings:
        """Let people at `thetas` (float64[n, K]) sit; `luck`: numbers in [0, 1), one per item and one more."""
        here, pool = self.setting, self.setting.pool
        paths = self._paths_of(thetas, luck[:, -1])
        items, own_luck = self.items[paths], luck[:, : self.longest]
        marks = self._marked(items, reached(pool, items, thetas, own_luck), own_luck)
        scores = self.scores[marks].astype(np.int64)
        first, last = believed(here.prior, pool, Answers(items, scores, self.is_counted[paths]))
        cuts = [level.cut_score for level in here.framework.levels[1:]]
        return Sittings(paths, marks, first.stored(), measured(last, pool, cuts, widening=delivery.WIDENING))

    def _paths_of(self, thetas: Reals, luck: Reals) -> Whole:
        """Return the path of each, of somebody of about the same level: one of sixteen."""
        nearest = np.searchsorted(self.levels, thetas.mean(axis=1)) + (luck * 16).astype(np.int64) - 8
        found: Whole = np.clip(nearest, 0, len(self.paths) - 1)
        return found

    def _marked(self, items: Whole, wanted: Whole, luck: Reals) -> Whole:
        """Return which mark each answer has: of the best score that is not above the one wanted."""
        count = self.counts[items, wanted]
        found: Whole = self.firsts[items, wanted] + (luck * 997).astype(np.int64) % np.maximum(count, 1)
        return found

    def _blank(self) -> Attempt:
        return Attempt(
            assessment=self.offer,
            purpose=self.offer.purpose,
            framework_id=self.framework_id,
            bank_release_id=self.release_id,
            locale="fr",
        )

    def _walk(self, theta: Reals) -> Path:
        """Return the path that the engine chooses for somebody, answer by answer."""
        attempt = self._blank()
        attempt.mask_secret = self.luck.bytes(11).hex()  # it decides among items of equal worth
        delivery.begin(attempt, frozenset())
        while True:
            item, luck = attempt.selection_log[-1], self.luck.random()
            marks = self._choices(item, adaptive.answer_of(self.setting.pool, item, theta, luck))
            choice = delivery.advance(attempt, marks[int(luck * 997) % len(marks)][1])
            if choice.item is None:
                return Path(theta, attempt.selection_log, attempt.pretest_log, choice.stop_reason)
            attempt.position += 1

    def _choices(self, item: int, wanted: int) -> list[Mark]:
        """Return the answers of the best score that is not above `wanted`."""
        menu = self._menu(item)
        return menu[max((score for score in menu if score <= wanted), default=min(menu))]

    def _menu(self, item: int) -> dict[int, list[Mark]]:
        """Return answers to an item by their score, each marked by its checker."""
        if item not in self._menus:
            content = bank.item_content(self.setting.release.entries[item].item_version_id)
            menu: dict[int, list[Mark]] = {}
            for answer in _answers(content):
                outcome = bank.check(content, answer)
                menu.setdefault(int(outcome.score), []).append((answer.to_json(), outcome.score, outcome.is_correct))
            self._menus[item] = menu
        return self._menus[item]

    def _lay_out(self) -> None:
        """Put paths and marks in arrays: items int[P, L], firsts and counts int[items, scores] into marks."""
        pool, longest = self.setting.pool, max(len(path.selection_log) for path in self.paths)
        self.items = np.zeros((len(self.paths), longest), dtype=np.int64)
        self.is_counted = np.zeros(self.items.shape, dtype=np.bool_)
        for line, path in enumerate(self.paths):
            places = [at for at in range(len(path.selection_log)) if at + 1 not in path.pretest_log]
            self.items[line, : len(path.selection_log)] = path.selection_log
            self.is_counted[line, places] = True
        self.marks: list[tuple[int, Mark]] = []  # of which item version, and what it is
        self.firsts = np.zeros((pool.size, int(pool.top_score.max()) + 1), dtype=np.int64)
        self.counts = np.zeros_like(self.firsts)
        for item in np.unique(self.items).tolist():
            for wanted in range(int(pool.top_score[item]) + 1):
                choices = self._choices(item, wanted)
                self.firsts[item, wanted], self.counts[item, wanted] = len(self.marks), len(choices)
                version = self.setting.release.entries[item].item_version_id
                self.marks += [(version, mark) for mark in choices]
        self.scores = np.array([mark[1] for _, mark in self.marks])


def _answers(content: ItemContent) -> Iterable[Answer]:
    """Return the right answer, « je ne sais pas », and each choice alone where one is asked for."""
    found, right = [content.expected, Answer("unknown")], content.expected
    choices = [choice.id for choice in next(iter(content.wordings.values())).choices]
    if right.kind == "choice":
        found += [Answer("choice", choice) for choice in choices if choice != right.value]
    elif right.kind == "choices":
        found += [Answer("choices", (choice,)) for choice in choices]
    return found
