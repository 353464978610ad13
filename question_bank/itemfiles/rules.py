"""The rules one item file must hold, beyond its shape (docs/items.md)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from question_bank.interactions.building import PLAIN, WORDINGS
from question_bank.interactions.registry import INTERACTIONS
from question_bank.shapes import Problem, nearest

from .plainness import plainness_problems
from .prose import prose_problems
from .references import known_capacities, known_facts, known_professions

A_YEAR, TWO_YEARS = timedelta(days=366), timedelta(days=731)
MOVING = re.compile(
    r"\bAI Act\b|règlement européen sur l’(IA|intelligence)|\bNIS ?2\b|\bHDS\b|\btarifs?\b|décret infirmier",
    re.IGNORECASE,
)
MOST_UNEVEN, ENOUGH_TO_COMPARE = 3.0, 60


@dataclass(frozen=True)
class Context:
    """What the rules need to know beside the file: the keys of the whole bank.

    Not the day: a file that was right stays right.
    """

    keys: frozenset[str]


def item_problems(item: Mapping[str, Any], path: Path, context: Context, wrong: frozenset[str]) -> Iterator[Problem]:
    """Yield every rule that the item breaks; a rule about a field that is missing or `wrong` in shape waits for it."""
    usable = item.keys() - wrong
    for needed, rule in RULES:
        if usable.issuperset(needed):
            yield from rule(item, path, context)
    for language in WORDINGS:
        if {"interaction", "answer", language} <= usable:
            yield from INTERACTIONS[item["interaction"]].problems(item["answer"], item[language], language)
        if language in usable:
            yield from prose_problems(item[language], language)
            yield from _evenness_problems(item[language], language)


def _place_problems(item: Mapping[str, Any], path: Path, context: Context) -> Iterator[Problem]:
    if path.stem != item["key"]:
        yield ("key",), f"the key is “{item['key']}” and the file is called “{path.name}”; they are the same"
    if path.parent.name != item["competency"]:
        yield (
            ("competency",),
            f"the competency is {item['competency']} and the folder “{path.parent.name}”; they are the same",
        )


def _framework_problems(item: Mapping[str, Any], path: Path, context: Context) -> Iterator[Problem]:
    capacities = known_capacities()
    if item["competency"] not in capacities:
        yield (
            ("competency",),
            f"the framework has no {item['competency']}; {nearest(item['competency'], tuple(capacities))}",
        )
    elif item["capacity"] not in (known := capacities[item["competency"]]):
        yield ("capacity",), f"{item['competency']} has no capacity {item['capacity']}; it is one of {', '.join(known)}"
    for index, profession in enumerate(item["professions"]):
        if profession not in known_professions():
            yield ("professions", index), f"no programme “{profession}”; {nearest(profession, known_professions())}"


def _enemy_problems(item: Mapping[str, Any], path: Path, context: Context) -> Iterator[Problem]:
    for index, enemy in enumerate(item["enemies"]):
        if enemy == item["key"]:
            yield ("enemies", index), "an item is not its own enemy"
        elif enemy not in context.keys:
            yield ("enemies", index), f"no item “{enemy}” in the bank"


def _source_problems(item: Mapping[str, Any], path: Path, context: Context) -> Iterator[Problem]:
    source, facts = item["source"], known_facts()
    if not source.get("facts") and not source.get("read"):
        yield ("source",), "the source says which facts the item rests on (`facts`) or what was read there (`read`)"
    for index, fact in enumerate(source.get("facts", ())):
        if fact not in facts:
            yield (
                ("source", "facts", index),
                f"no fact “{fact}” in question_bank/data/facts.yaml; {_close(fact, facts)}",
            )
        elif facts[fact] == "to_verify" and not source.get("read") and item["status"] == "published":
            yield (
                ("source", "facts", index),
                f"the fact “{fact}” is to verify: say in `read` what you read, or keep the item a draft",
            )


def _close(fact: str, facts: Mapping[str, str]) -> str:
    topic = fact.rpartition("-")[0]
    same = tuple(name for name in facts if name.rpartition("-")[0] == topic)
    return nearest(fact, same or tuple(facts)) if same else "look for its topic there"


def _date_problems(item: Mapping[str, Any], path: Path, context: Context) -> Iterator[Problem]:
    checked, review = date.fromisoformat(item["source"]["checked_at"]), date.fromisoformat(item["review_by"])
    if item["review_by"] <= item["valid_from"] or review <= checked:
        yield ("review_by",), "the review comes after `valid_from` and after the source was checked"
    if item.get("valid_to", "9999") <= item["valid_from"]:
        yield ("valid_to",), "the last day (`valid_to`) comes after `valid_from`"
    if review > checked + TWO_YEARS:
        yield ("review_by",), f"the review is within two years of `checked_at` ({checked})"
    elif (moving := MOVING.search(_said(item))) and review > checked + A_YEAR:
        yield (
            ("review_by",),
            f"the item speaks of what moves (“{moving[0]}”): its review is within a year of `checked_at` ({checked})",
        )
    if item.get("status") == "published" and date.fromisoformat(item["valid_from"]) > checked:
        yield (
            ("valid_from",),
            f"not yet in force when the source was read ({checked}): keep the item a draft until then",
        )


def _said(item: Mapping[str, Any]) -> str:
    """What the item itself is about: not its choices (mistakes) nor its artefact (a price in a fraud)."""
    return " ".join(
        [item["source"]["authority"], *(str(item["fr"].get(field, "")) for field in ("title", "question", "feedback"))]
    )


def _evenness_problems(wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
    """Choices of like length: only what would be seen at a glance is refused."""
    if "prompts" in wording:
        return
    lengths = [len(choice["text"]) for choice in wording.get("choices", ())]
    if lengths and max(lengths) >= ENOUGH_TO_COMPARE and max(lengths) > MOST_UNEVEN * min(lengths):
        yield (
            (language, "choices"),
            f"choices are of like length; these have {min(lengths)} to {max(lengths)} characters",
        )


def _translation_problems(item: Mapping[str, Any], path: Path, context: Context) -> Iterator[Problem]:
    yield from _sameness_problems(item, "en")


def _sameness_problems(item: Mapping[str, Any], name: str) -> Iterator[Problem]:
    for field in ("choices", "prompts", "units", "blanks"):
        french, other = (_ids(item[wording].get(field, ())) for wording in ("fr", name))
        if french != other:
            yield (name, field), f"the {field} have the same ids in the same order as in `fr`: {', '.join(french)}"
    if _bones(item["fr"].get("scene")) != _bones(item[name].get("scene")):
        yield (name, "scene"), "the scene has the same things as in `fr`: same fields, same ids, in the same order"
    if (item["fr"].get("artefact") or {}).get("kind") != (item[name].get("artefact") or {}).get("kind"):
        yield (name,), "the same kind of artefact is shown as in `fr`"


def _plain_problems(item: Mapping[str, Any], path: Path, context: Context) -> Iterator[Problem]:
    yield from _sameness_problems(item, PLAIN)
    yield from plainness_problems(item[PLAIN])
    if "citizen" not in item["audiences"]:
        yield (PLAIN,), "plain language is for items put to citizens (`audiences`)"


def _bones(value: Any, field: str = "") -> Any:
    """A scene without its words: what every language must share."""
    if isinstance(value, Mapping):
        return {name: _bones(entry, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_bones(entry, field) for entry in value]
    return value if field in ("id", "kind", "stage", "after") else None


def _ids(things: Any) -> list[str]:
    return [name for thing in things for name in (thing["id"], *_ids(thing.get("choices", ())))]


RULES: tuple[tuple[tuple[str, ...], Callable[[Mapping[str, Any], Path, Context], Iterator[Problem]]], ...] = (
    (("key", "competency"), _place_problems),
    (("competency", "capacity", "professions"), _framework_problems),
    (("key", "enemies"), _enemy_problems),
    (("source", "status"), _source_problems),
    (("source", "valid_from", "review_by", "fr"), _date_problems),
    (("fr", "en"), _translation_problems),
    (("fr", PLAIN, "audiences"), _plain_problems),
)
