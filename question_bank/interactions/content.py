"""One version of an item, ready to be asked: read from its JSON once per process, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from .answers import Answer

DEFAULT_LOCALE = "fr"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to pick, to pair, to put in order, or a unit."""

    id: str
    text: str
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A hole of a text, and what may fill it: one of the choices, or what is typed; then it has a label."""

    id: str
    choices: tuple[Choice, ...]
    label: str = ""
    rationale: str = ""
    mistakes: "tuple[Mistake, ...]" = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong typed answer people really give, and what to say then."""

    rationale: str
    text: str = ""
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """An item in one language."""

    language: str
    title: str
    context: tuple[str, ...]
    artefact: Mapping[str, Any] | None
    question: str
    hint: str
    feedback: tuple[str, ...]
    choices: tuple[Choice, ...]
    prompts: tuple[Choice, ...]
    units: tuple[Choice, ...]
    blanks: tuple[Blank, ...]
    text: str
    mistakes: tuple[Mistake, ...]
    picture: Mapping[str, Any] | None = None
    scene: Mapping[str, Any] | None = None  # of a simulation, with its goals
    goals: tuple[Choice, ...] = ()

    def choice(self, choice_id: str) -> Choice:
        """Return the choice with this id. Raises KeyError."""
        return find(self.choices, choice_id)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the fact of an item was read, and when."""

    authority: str
    url: str
    checked_at: date
    read: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemContent:
    """One version of an item; `expected` is the right answer, `answer` what its file says of it.

    `top_score`: 1 when it is all or nothing, else the score of the right answer (docs/engine.md).
    """

    version_uuid: UUID
    key: str
    interaction: str
    answer: Mapping[str, Any]
    expected: Answer
    top_score: int
    wordings: Mapping[str, Wording]
    source: Source
    valid_from: date
    review_by: date

    def wording(self, name: str) -> Wording:
        """Return the item in a locale (`en`, `en-gb`…) or in `plain` French; in French when it is not written so."""
        return self.wordings.get(name) or self.wordings.get(name[:2].lower()) or self.wordings[DEFAULT_LOCALE]


def find(choices: Iterable[Choice], choice_id: str) -> Choice:
    """Return the choice with this id. Raises KeyError."""
    for choice in choices:
        if choice.id == choice_id:
            return choice
    raise KeyError(choice_id)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text (an empty line separates two); the lines of one flow together."""
    return tuple(" ".join(block.split("\n")) for block in _blocks(text))


def _blocks(text: str) -> list[str]:
    return [block.strip("\n") for block in text.split("\n\n") if block.strip()]


def read_wording(language: str, data: Mapping[str, Any]) -> Wording:
    """Return one language of an item from its JSON."""
    return Wording(
        language=language,
        title=data["title"],
        context=paragraphs(data.get("context", "")),
        artefact=_artefact(data.get("artefact")),
        question=data["question"],
        hint=data.get("hint", ""),
        feedback=paragraphs(data["feedback"]),
        choices=_choices(data.get("choices", ())),
        prompts=_choices(data.get("prompts", ())),
        units=_choices(data.get("units", ())),
        blanks=tuple(_blank(blank) for blank in data.get("blanks", ())),
        text=data.get("text", ""),
        mistakes=_mistakes(data),
        picture=_artefact(data.get("picture")),
        scene=data.get("scene"),
        goals=_choices(data.get("goals", ())),
    )


def read_source(data: Mapping[str, Any]) -> Source:
    """Return the source of an item from its JSON."""
    return Source(
        authority=data["authority"],
        url=data["url"],
        checked_at=date.fromisoformat(data["checked_at"]),
        read=data.get("read", ""),
        facts=tuple(data.get("facts", ())),
    )


def _choices(data: Iterable[Mapping[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(choice["id"], choice["text"], choice.get("rationale", "")) for choice in data)


def _blank(data: Mapping[str, Any]) -> Blank:
    return Blank(
        id=data["id"],
        choices=_choices(data.get("choices", ())),
        label=data.get("label", ""),
        rationale=data.get("rationale", ""),
        mistakes=_mistakes(data),
    )


def _mistakes(data: Mapping[str, Any]) -> tuple[Mistake, ...]:
    return tuple(_mistake(mistake) for mistake in data.get("mistakes", ()))


def _mistake(data: Mapping[str, Any]) -> Mistake:
    value = data.get("value")
    return Mistake(
        rationale=data["rationale"],
        text=data.get("text", ""),
        value=None if value is None else Decimal(str(value)),
        unit=data.get("unit", ""),
    )


def _artefact(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The body as paragraphs; there a line break is the author's (an address, a signature) and stays."""
    if data is None:
        return None
    body = data.get("body")
    return MappingProxyType({**data, "body": _blocks(body)} if isinstance(body, str) else dict(data))
