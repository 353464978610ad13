"""Four to eight cards, each to put in one of two to four categories; most of them right is worth something."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.shapes import Problem, identifier, mapping

from .answers import Answer, pairs
from .choosing import TARGET, choices_shape, ids, repeated, unknown, wording_choices
from .content import ItemContent
from .match import Match

TOP_SCORE = 2
CARDS_PER_SLIP = 4  # one card in four may be in the wrong place for the answer to be partly right


class Categorize(Match):
    """Prompts are the cards, choices the categories: what is asked and answered is as in `match`.

    Scored in three categories, so that each can be reached whatever the number of cards: 2, every card in its place;
    1, one card in four misplaced at most; 0, more, as when one sorts at random.
    """

    name = "categorize"
    answer_required = {"pairs": mapping(identifier, 4, 8)}
    required = {"prompts": choices_shape(4, 8), "choices": choices_shape(2, 4, TARGET)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        categories, cards = wording_choices(wording), wording.get("prompts", [])
        written, keys = answer.get("pairs", {}), ("answer", "pairs")
        yield from repeated(categories, (language, "choices"))
        yield from repeated(cards, (language, "prompts"))
        yield from unknown(written.values(), ids(categories), keys)
        yield from unknown(written, ids(cards), keys)
        if missing := [card for card in ids(cards) if card not in written]:
            yield keys, f"no category for {', '.join(missing)}"
        if empty := [category for category in ids(categories) if category not in written.values()]:
            yield keys, f"no card goes in {', '.join(empty)}; each category has one at least"

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return float(len(wording["choices"]) ** -len(wording["prompts"]))

    def top_score(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> int:
        """Two: all in place, or nearly."""
        return TOP_SCORE

    def score(self, content: ItemContent, answer: Answer) -> int:
        given = dict(pairs(answer))
        misplaced = sum(given.get(card) != category for card, category in pairs(content.expected))
        if not misplaced:
            return TOP_SCORE
        return int(misplaced <= len(pairs(content.expected)) // CARDS_PER_SLIP)

    def _incomplete(self) -> str:
        return _("Classez chaque carte, ou choisissez « Je ne sais pas ».")
