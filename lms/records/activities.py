"""What statements are about, as xAPI activities: what was taken, asked, taught, established."""

from tincan import Activity

from lms.assessments.api import Attempt
from lms.learning.api import Journey, Module
from question_bank.types import ItemContent

from . import interactions, vocabulary
from .facts import mention, thing


def assessment(attempt: Attempt) -> Activity:
    """Return what was taken."""
    offer = attempt.assessment
    names = {language: offer.title(language) for language in ("fr", "en")}
    return thing(vocabulary.page("evaluation", offer.key), vocabulary.ASSESSMENT, names)


def competency(code: str) -> Activity:
    """Return a competency as a statement's surroundings name it."""
    return mention(vocabulary.activity("competency", code), vocabulary.COMPETENCY)


def item(content: ItemContent, wording: str, *, with_key: bool) -> Activity:
    """Return an item version as an activity, worded as it was asked."""
    languages = [name for name in ("fr", "en") if name in content.wordings]
    return thing(
        vocabulary.activity("item", str(content.version_uuid)),
        vocabulary.INTERACTION,
        {name: content.wording(name).title for name in languages},
        text={name: content.wording(name).question for name in languages},
        **interactions.definition(content, wording, with_key=with_key),
    )


def named(entry: Module | Journey, kind: str) -> Activity:
    """Return a module or a journey as an activity: its IRI is its page in French."""
    names = {language: title for language, title in entry.titles.items() if title} or {"fr": entry.key}
    return thing(vocabulary.page("parcours", entry.key), kind, names)
