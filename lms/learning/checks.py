"""The final check of a module: an attempt about what it taught, that never serves what it showed."""

from typing import Final

from lms.assessments import api as assessments
from lms.assessments.api import Attempt, Focus, Origin

from . import selectors
from .models import Module

CONTEXT: Final = "module:"
# Whom a module speaks to decides which items its check may serve; the first that fits.
ASSESSMENTS: Final = {
    "student": "module-check",
    "professional": "module-check-professional",
    "citizen": "module-check-citizen",
}


def begin(*, module: Module, owner_id: int | None, locale: str) -> Attempt:
    """Open the check of `module`, or return the one its owner has left open. Raises BankTooSmall."""
    under_way = assessments.under_way(owner_id=owner_id, context=context_of(module.key))
    if under_way is not None:
        return under_way
    is_plain = locale == "fr" and module.audiences == ["citizen"]
    step = assessments.start_attempt(
        assessment=assessment_of(module),
        locale=locale,
        owner_id=owner_id,
        wording="plain" if is_plain else "standard",
        focus=Focus(tuple(module.competencies), tuple(module.item_keys), context_of(module.key)),
    )
    return step.attempt


def assessment_of(module: Module) -> str:
    """Return the key of the assessment whose items suit the readers of `module`."""
    return next((key for audience, key in ASSESSMENTS.items() if audience in module.audiences), "module-check")


def context_of(key: str) -> str:
    """Return how the attempts of a module's check name it."""
    return f"{CONTEXT}{key}"


def module_key(context: str) -> str:
    """Return the key of the module that an attempt was the check of; nothing when it was none."""
    return context.removeprefix(CONTEXT) if context.startswith(CONTEXT) else ""


def origin(context: str, language: str) -> Origin | None:
    """Return where a check leads back to: the end of its module, in a language it is published in."""
    entry = selectors.module(module_key(context)) if module_key(context) else None
    if entry is None or not entry.is_published:
        return None
    spoken = language if language in entry.languages else "fr"
    return Origin(entry.title(spoken), selectors.page_url(entry.key, spoken, "bilan"), entry.mark)


def register() -> None:
    """Tell the sitting."""
    assessments.register_origin(origin)
