"""One choice out of three to five, each worth its points: the best one all of them, a fair one some."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from question_bank.shapes import Problem, mapping, whole

from .answers import Answer, names
from .choosing import ids, repeated, unknown, wording_choices
from .content import ItemContent, Wording
from .mask import OptionMask
from .single_choice import SingleChoice

MOST_POINTS = 3


class GradedChoice(SingleChoice):
    name = "graded_choice"
    answer_required = {"points": mapping(whole(0, MOST_POINTS), 3, 5)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        choices, points, keys = wording_choices(wording), answer.get("points", {}), ("answer", "points")
        yield from repeated(choices, (language, "choices"))
        yield from unknown(points, ids(choices), keys)
        if missing := [choice for choice in ids(choices) if choice not in points]:
            yield keys, f"no points for {', '.join(missing)}; a choice that is worth nothing has 0"
        yield from _scale_problems(list(points.values()))

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 1 / len(wording["choices"])

    def top_score(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> int:
        """The points of the best choice."""
        return int(max(answer["points"].values()))

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        points = answer["points"]
        return Answer(self.answer_kind, max(points, key=points.__getitem__))

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        with override(wording.language):  # it is part of the item, whatever the page around it speaks
            hint = _("Plusieurs réponses peuvent convenir : choisissez la meilleure.")
        return {**super().body(content, wording, mask), "hint": hint}

    def score(self, content: ItemContent, answer: Answer) -> int:
        return int(content.answer["points"][names(answer)[0]])


def _scale_problems(points: list[int]) -> Iterator[Problem]:
    """One best choice, and no score that nobody can have: the engine would wait for it (docs/engine.md)."""
    keys, top = ("answer", "points"), max(points, default=0)
    if points and top < 2:
        yield keys, f"the best choice has 2 or {MOST_POINTS} points; with 1, it is a single_choice"
    if points.count(top) > 1:
        yield keys, f"{points.count(top)} choices have {top} points; one is the best"
    if missing := [str(score) for score in range(top) if score not in points]:
        yield keys, f"no choice has {', '.join(missing)} point(s); each score up to {top} is that of a choice"
