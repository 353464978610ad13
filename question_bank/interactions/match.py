"""Three to six prompts, each to pair with one of as many targets or more."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Problem, identifier, mapping

from .answers import Answer, pairs
from .base import Interaction, Row
from .choosing import TARGET, choices_shape, drawn, ids, in_order, repeated, unknown, wording_choices
from .content import Choice, ItemContent, Wording
from .inputs import Form, mapped, one, revealed
from .mask import OptionMask

PROMPT = "prompt:"  # keeps the opaque ids of prompts apart from those of choices


class Match(Interaction):
    name = "match"
    answer_kind = "pairs"
    answer_required = {"pairs": mapping(identifier, 3, 6)}
    required = {"prompts": choices_shape(3, 6), "choices": choices_shape(3, 9, TARGET)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        choices, prompts = wording_choices(wording), wording.get("prompts", [])
        written = answer.get("pairs", {})
        yield from repeated(choices, (language, "choices"))
        yield from repeated(prompts, (language, "prompts"))
        yield from unknown(written.values(), ids(choices), ("answer", "pairs"))
        yield from unknown(written, ids(prompts), ("answer", "pairs"))
        if missing := [prompt for prompt in ids(prompts) if prompt not in written]:
            yield ("answer", "pairs"), f"no target for {', '.join(missing)}"
        if len(choices) < len(prompts):
            yield (
                (language, "choices"),
                f"{len(prompts)} prompts need as many targets or more; there are {len(choices)}",
            )

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 1 / math.perm(len(wording["choices"]), len(wording["prompts"]))

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return Answer(self.answer_kind, tuple((prompt.id, answer["pairs"][prompt.id]) for prompt in wording.prompts))

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        return {
            "prompts": in_order(content, wording.prompts, mask, PROMPT),
            "choices": drawn(content, wording.choices, mask),
        }

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        value = mapped(payload.get("value"), "value")
        wording = content.wording("fr")
        if len(value) > len(wording.prompts):
            raise InvalidAnswer("value", _("Il y a plus de réponses que d’éléments à associer."))
        found = {self._prompt(content, opaque, mask): target for opaque, target in value.items()}
        return self._answer(content, [(prompt, found.get(prompt.id), "value") for prompt in wording.prompts], mask)

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        prompts = content.wording("fr").prompts
        names = [f"pair-{mask.hide(content.version_uuid, PROMPT + prompt.id)}" for prompt in prompts]
        return self._answer(content, [(p, one(data, n), n) for p, n in zip(prompts, names, strict=True)], mask)

    def _prompt(self, content: ItemContent, opaque: object, mask: OptionMask) -> str:
        return revealed(content, mask, opaque, content.wording("fr").prompts, "value", PROMPT)

    def _answer(self, content: ItemContent, given: list[tuple[Choice, object, str]], mask: OptionMask) -> Answer:
        choices = content.wording("fr").choices
        if empty := next((field for _prompt, target, field in given if target in (None, "")), None):
            raise InvalidAnswer(empty, self._incomplete())
        made = tuple((prompt.id, revealed(content, mask, target, choices, field)) for prompt, target, field in given)
        return Answer(self.answer_kind, made)

    def _incomplete(self) -> str:
        return _("Associez chaque élément, ou choisissez « Je ne sais pas ».")

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        given = dict(pairs(answer))
        return [f"{p.text} → {wording.choice(given[p.id]).text}" for p in wording.prompts if p.id in given]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """One per prompt with its right target; `is_given` says whether the person found it."""
        given, lines = dict(pairs(answer)), self.texts(content, wording, content.expected)
        right = dict(pairs(content.expected))
        return [
            Row(line, True, given.get(prompt.id) == right[prompt.id], prompt.rationale)
            for line, prompt in zip(lines, wording.prompts, strict=True)
        ]
