"""A fact is a statement to be, without the person: tincan's objects and a key; `statement` says it of somebody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from tincan import (
    Activity,
    ActivityDefinition,
    Agent,
    AgentAccount,
    Context,
    ContextActivities,
    Extensions,
    LanguageMap,
    Result,
    Score,
    Statement,
    Verb,
)

from . import vocabulary

# Fixed for ever: the same fact has the same id however often it is told.
NAMESPACE = UUID("5ac1e000-0a91-4f6b-9d1e-7b0c4e1d2f30")
VERSION = "1.0.3"
LONGEST_TEXT = 500  # of a description: a statement names an item, it does not copy it


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What somebody did. `key` names the fact for ever; `at` is when it happened."""

    key: str
    verb: str
    activity: Activity
    at: datetime
    registration: UUID | None = None
    result: Result | None = None
    parent: list[Activity] = field(default_factory=list)
    grouping: list[Activity] = field(default_factory=list)
    language: str = "fr"

    @property
    def uuid(self) -> UUID:
        """The id of its statement."""
        return uuid5(NAMESPACE, self.key)


def statement(fact: Fact, actor: str) -> dict[str, Any]:
    """Return a fact said of the pseudonym `actor`, as xAPI 1.0.3 has it."""
    verb = vocabulary.VERBS[fact.verb]
    told = Statement(
        id=fact.uuid,
        actor=Agent(account=AgentAccount(home_page=vocabulary.home(), name=actor)),
        verb=Verb(id=verb.iri, display=LanguageMap({"fr": verb.fr, "en": verb.en})),
        object=fact.activity,
        context=_context(fact),
        timestamp=fact.at,
    )
    if fact.result is not None:
        told.result = fact.result
    as_version: dict[str, Any] = told.as_version(VERSION)
    return as_version


def _context(fact: Fact) -> Context:
    context = Context(platform="Socle", language=fact.language)
    if fact.registration is not None:
        context.registration = fact.registration  # as an object: tincan refuses the text of a UUIDv7
    around = {name: getattr(fact, name) for name in ("parent", "grouping") if getattr(fact, name)}
    if around:
        context.context_activities = ContextActivities(**around)
    return context


def thing(iri: str, kind: str, names: dict[str, str], *, text: dict[str, str] | None = None, **more: Any) -> Activity:
    """Return an activity; `names` and `text` by language; `more` is what its kind of interaction adds."""
    definition = ActivityDefinition(type=kind, name=_map(names), **more)
    if text:
        definition.description = _map(text)
    return Activity(id=iri, definition=definition)


def mention(iri: str, kind: str) -> Activity:
    """Return an activity as the surroundings of a statement name it."""
    return Activity(id=iri, definition=ActivityDefinition(type=kind))


def _map(texts: dict[str, str]) -> LanguageMap:
    return LanguageMap({language: text[:LONGEST_TEXT] for language, text in texts.items() if text})


def score(raw: float, top: float) -> Score:
    """Return a score from 0 to `top`."""
    return Score(scaled=round(raw / top, 4), raw=raw, min=0, max=top)


def result(*, seconds: float | None = None, extensions: dict[str, Any] | None = None, **more: Any) -> Result:
    """Return a result; a duration in whole seconds, never negative."""
    made = Result(**more)
    if seconds is not None:
        made.duration = timedelta(seconds=max(0, round(seconds)))
    if extensions:
        made.extensions = Extensions(extensions)
    return made
