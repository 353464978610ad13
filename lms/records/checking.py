"""What a statement of ours must be: the rules of xAPI 1.0.3 that we use, and our own, stricter (docs/xapi-profile.md).

Small on purpose: it knows the statements we emit and refuses everything else. What others send is for the LRS to come.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from . import vocabulary
from .errors import StatementRefused

STATEMENT = {"id", "actor", "verb", "object", "result", "context", "timestamp", "version"}
NEEDED = {"id", "actor", "verb", "object", "context", "timestamp", "version"}
DEFINITION = {"type", "name", "description"}
COMPONENTS = {"choice": {"choices"}, "sequencing": {"choices"}, "matching": {"source", "target"}}
INTERACTIONS = {*COMPONENTS, "numeric", "fill-in", "performance"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
CONTEXT = {"registration", "contextActivities", "platform", "language"}
IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
DURATION = re.compile(r"P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
ACCOUNT = re.compile(r"[0-9a-f]{32}")
Problems = Iterator[str]


def ensure_right(statement: dict[str, Any]) -> None:
    """Raise StatementRefused naming everything that is wrong."""
    problems = list(problems_of(statement))
    if problems:
        raise StatementRefused(problems)


def problems_of(statement: dict[str, Any]) -> Problems:
    """Yield what is wrong in a statement, each with its place."""
    yield from _keys("", statement, STATEMENT, NEEDED)
    if missing := NEEDED - set(statement):
        yield f"{sorted(missing)} missing: nothing else was read"
        return
    yield from _when(not _is_uuid(statement["id"]), "id: not a uuid")
    yield from _when(statement["version"] != "1.0.3", "version: 1.0.3 is what we say")
    yield from _when(not _is_aware(statement["timestamp"]), "timestamp: ISO 8601 with an offset")
    yield from _actor(statement["actor"])
    yield from _verb(statement["verb"])
    yield from _activity("object", statement["object"], is_named=True)
    yield from _result(statement.get("result"))
    yield from _context(statement["context"])
    yield from _nothing_null("", statement)


def _actor(actor: dict[str, Any]) -> Problems:
    """A pseudonym and nothing else: never a name, an address or its hash."""
    yield from _keys("actor", actor, {"objectType", "account"}, {"account"})
    account = actor.get("account", {})
    yield from _keys("actor.account", account, {"homePage", "name"}, {"homePage", "name"})
    yield from _when(account.get("homePage") != vocabulary.home(), "actor.account.homePage: this platform's")
    yield from _when(not ACCOUNT.fullmatch(str(account.get("name"))), "actor.account.name: 32 hexadecimal digits")


def _verb(verb: dict[str, Any]) -> Problems:
    yield from _keys("verb", verb, {"id", "display"}, {"id", "display"})
    yield from _when(verb.get("id") not in vocabulary.VERB_OF, "verb.id: not one of ours")
    yield from _languages("verb.display", verb.get("display", {}))


def _activity(place: str, activity: dict[str, Any], *, is_named: bool) -> Problems:
    yield from _keys(place, activity, {"objectType", "id", "definition"}, {"objectType", "id", "definition"})
    yield from _when(activity.get("objectType") != "Activity", f"{place}.objectType: Activity")
    yield from _iri(f"{place}.id", activity.get("id"))
    definition = activity.get("definition", {})
    kind = definition.get("interactionType")
    more = {"interactionType", "correctResponsesPattern", *COMPONENTS.get(kind, set())} if kind else set()
    yield from _keys(f"{place}.definition", definition, DEFINITION | more, {"type"} | ({"name"} if is_named else set()))
    yield from _iri(f"{place}.definition.type", definition.get("type"))
    for name in ("name", "description"):
        if name in definition:
            yield from _languages(f"{place}.definition.{name}", definition[name])
    if kind or definition.get("type") == vocabulary.INTERACTION:
        yield from _interaction(f"{place}.definition", definition)


def _interaction(place: str, definition: dict[str, Any]) -> Problems:
    kind = definition.get("interactionType")
    yield from _when(kind not in INTERACTIONS, f"{place}.interactionType: {kind} is not one we use")
    yield from _when(definition.get("type") != vocabulary.INTERACTION, f"{place}.type: cmi.interaction")
    pattern = definition.get("correctResponsesPattern", [""])
    yield from _when(not all(isinstance(one, str) for one in pattern), f"{place}.correctResponsesPattern: texts")
    for side in COMPONENTS.get(str(kind), ()):
        components = definition.get(side, [])
        ids = [component.get("id") for component in components]
        yield from _when(not ids or len(set(ids)) < len(ids), f"{place}.{side}: ids, each once")
        for component in components:
            yield from _languages(f"{place}.{side}.description", component.get("description", {}))


def _result(result: dict[str, Any] | None) -> Problems:
    if result is None:
        return
    yield from _keys("result", result, RESULT, set())
    yield from _when(not result, "result: empty")
    for name in ("success", "completion"):
        yield from _when(not isinstance(result.get(name, True), bool), f"result.{name}: true or false")
    yield from _when(not isinstance(result.get("response", ""), str), "result.response: a text")
    yield from _when(not DURATION.fullmatch(result.get("duration", "PT0S")), "result.duration: ISO 8601")
    for key in result.get("extensions", {}):
        yield from _iri("result.extensions", key)
    if "score" in result:
        yield from _score(result["score"])


def _score(score: dict[str, Any]) -> Problems:
    names = {"scaled", "raw", "min", "max"}
    yield from _keys("result.score", score, names, names)
    if not names <= set(score):
        return
    yield from _when(not 0 <= score["scaled"] <= 1, "result.score.scaled: from 0 to 1")
    yield from _when(not score["min"] <= score["raw"] <= score["max"], "result.score.raw: from min to max")


def _context(context: dict[str, Any]) -> Problems:
    yield from _keys("context", context, CONTEXT, {"platform", "language"})
    yield from _when(not _is_uuid(context.get("registration", str(UUID(int=0)))), "context.registration: not a uuid")
    yield from _when(not LANGUAGE.fullmatch(str(context.get("language"))), "context.language: a language tag")
    around = context.get("contextActivities", {})
    yield from _keys("context.contextActivities", around, {"parent", "grouping"}, set())
    for name, activities in around.items():
        for activity in activities:
            yield from _activity(f"context.contextActivities.{name}", activity, is_named=False)


def _keys(place: str, value: dict[str, Any], allowed: set[str], needed: set[str]) -> Problems:
    prefix = f"{place}." if place else ""
    yield from (f"{prefix}{name}: not said by us" for name in sorted(set(value) - allowed))
    yield from (f"{prefix}{name}: missing" for name in sorted(needed - set(value)))


def _languages(place: str, texts: dict[str, str]) -> Problems:
    yield from _when(not texts, f"{place}: no language")
    yield from (f"{place}.{tag}: not a language tag" for tag in texts if not LANGUAGE.fullmatch(tag))


def _iri(place: str, value: Any) -> Problems:
    yield from _when(not IRI.fullmatch(str(value)), f"{place}: not an IRI")


def _nothing_null(place: str, value: Any) -> Problems:
    """Only extensions may hold null."""
    yield from _when(value is None, f"{place}: null")
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "extensions":
                yield from _nothing_null(f"{place}.{name}".lstrip("."), part)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _nothing_null(f"{place}[{number}]", part)


def _when(is_wrong: bool, problem: str) -> Problems:
    if is_wrong:
        yield problem


def _is_uuid(value: Any) -> bool:
    try:
        return str(UUID(str(value))) == str(value)
    except ValueError:
        return False


def _is_aware(value: Any) -> bool:
    try:
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except ValueError:
        return False
