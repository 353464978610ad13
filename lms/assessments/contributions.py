"""What higher rooms add to a result: where a check leads back to, which modules come next.

They are told here when the application starts, as the bank is told what is offered (question_bank.api.register_offers).
"""

from collections.abc import Callable, Sequence

from .models import Attempt
from .types import Origin, Standing, Suggestion

FindOrigin = Callable[[str, str], Origin | None]
Suggest = Callable[[Standing, str], Sequence[Suggestion]]
_origins: list[FindOrigin] = []
_suggestions: list[Suggest] = []


def register_origin(provider: FindOrigin) -> None:
    """Let a higher room say, from (context, language), what an attempt was part of; None when it is not its own."""
    if provider not in _origins:
        _origins.append(provider)


def register_suggestions(provider: Suggest) -> None:
    """Let a higher room suggest what to do next, from (standing, language)."""
    if provider not in _suggestions:
        _suggestions.append(provider)


def origin(attempt: Attempt, language: str) -> Origin | None:
    """Return what an attempt was part of, if it was part of something that is still known."""
    found = (provider(attempt.context, language) for provider in _origins if attempt.context)
    return next((one for one in found if one is not None), None)


def suggestions(standing: Standing, language: str) -> list[Suggestion]:
    """Return what to do next, the best first."""
    return [one for provider in _suggestions for one in provider(standing, language)]
