"""What is offered (offer), what a person does (attempt), what remains of those who left (tally)."""

from .attempt import Attempt, CompetencyResult, ItemAction, Response, Wording, new_token
from .offer import Assessment, Assignment, Blueprint
from .tally import ErasedAttempts, ErasedResponses

__all__ = [
    "Assessment",
    "Assignment",
    "Attempt",
    "Blueprint",
    "CompetencyResult",
    "ErasedAttempts",
    "ErasedResponses",
    "ItemAction",
    "Response",
    "Wording",
    "new_token",
]
