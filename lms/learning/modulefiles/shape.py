"""The shape of a module file, `fr.yaml` and `en.yaml`, and of a journey file (docs/modules.md)."""

from typing import Any, Final

from question_bank.api import files

from .block_shapes import BLOCKS, ON_A_SHEET, block, ordered, rich

LEVELS: Final = ("entry", "further")
STATUSES: Final = ("draft", "published")
JOURNEY_AUDIENCES: Final = (*files.AUDIENCES, "ambassador")
LEAST_MINUTES, MOST_MINUTES = 12, 25
FEWEST_STEPS, MOST_STEPS = 4, 7
RESERVED_KEYS: Final = frozenset({"glossaire"})

SOURCE: Final = ordered(
    {"authority": files.text(160), "title": files.text(240), "url": files.web_address, "checked_at": files.day},
    {
        "facts": files.listing(files.matching(r"[A-Za-z0-9_-]+", "the id of a fact"), 0, 12, unique=True),
        "read": files.text(600),
    },
)
SHEET: Final = files.listing(block(*ON_A_SHEET), 1, 12)
STEP: Final = {
    "key": files.KEY,
    "title": files.text(90),
    "minutes": files.whole(1, 20),
    "blocks": files.listing(block(*BLOCKS), 1, 30),
}
WORDS: Final = {
    "title": files.text(70),
    "summary": files.text(200),
    "objectives": files.listing(files.text(200), 3, 5),
}
FRENCH: Final = ordered({**WORDS, "steps": files.listing(ordered(STEP), FEWEST_STEPS, MOST_STEPS), "sheet": SHEET})
STEP_WORDS: Final = ordered({name: STEP[name] for name in ("key", "title", "blocks")}, {"minutes": STEP["minutes"]})
OTHER: Final = ordered({**WORDS, "steps": files.listing(STEP_WORDS, FEWEST_STEPS, MOST_STEPS), "sheet": SHEET})
MODULE: Final = ordered(
    {
        "key": files.KEY,
        "competencies": files.listing(files.COMPETENCY, 1, 3, unique=True),
        "level": files.one_of(*LEVELS),
        "audiences": files.listing(files.one_of(*files.AUDIENCES), 1, 3, unique=True),
        "professions": files.listing(files.text(30), 0, 24, unique=True),
        "minutes": files.whole(LEAST_MINUTES, MOST_MINUTES),
        "mark": files.whole(40, 100),
        "review_by": files.day,
        "sources": files.listing(SOURCE, 2, 12),
        "fr": FRENCH,
    },
    {"status": files.one_of(*STATUSES)},
)
TRANSLATION: Final = ordered({"key": files.KEY, "en": OTHER})


def yes_or_no(value: Any, keys: files.Keys, say: files.Say) -> bool:
    """`true` or `false`."""
    return bool(files.one_of("true", "false")(value, keys, say) == "true")


JOURNEY_WORDS: Final = ordered({"title": files.text(70), "summary": files.text(200)}, {"intro": rich(2000)})
PART_WORDS: Final = ordered({"title": files.text(90)}, {"in_class": rich(2000)})
MODULE_KEYS: Final = files.listing(files.KEY, 0, 40, unique=True)
HOUR: Final = ordered(
    {"hour": files.whole(1, 60), "fr": files.text(300), "modules": MODULE_KEYS, "in_class": yes_or_no},
    {"en": files.text(300)},
    ("hour", "fr", "en", "modules", "in_class"),
)
PART: Final = ordered(
    {"key": files.KEY, "modules": MODULE_KEYS, "hours": files.whole(0, 60), "fr": PART_WORDS},
    {"en": PART_WORDS, "programme": files.listing(HOUR, 1, 60), "reserved": MODULE_KEYS},
    ("key", "modules", "reserved", "hours", "fr", "en", "programme"),
)
JOURNEY: Final = ordered(
    {
        "key": files.KEY,
        "audience": files.one_of(*JOURNEY_AUDIENCES),
        "professions": files.listing(files.text(30), 0, 24, unique=True),
        "competencies": files.listing(files.COMPETENCY, 0, 16, unique=True),
        "fr": JOURNEY_WORDS,
        "parts": files.listing(PART, 1, 12),
    },
    {"en": JOURNEY_WORDS, "status": files.one_of(*STATUSES)},
)
# The order of a file written back: what is optional goes where a reader looks for it.
MODULE_ORDER: Final = (
    "key",
    "status",
    "competencies",
    "level",
    "audiences",
    "professions",
    "minutes",
    "mark",
    "review_by",
    "sources",
    "fr",
)
JOURNEY_ORDER: Final = ("key", "status", "audience", "professions", "competencies", "fr", "en", "parts")
