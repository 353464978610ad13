"""What is offered (offer) and asked (asking), what a person does (attempt), what remains of those who left (tally)."""

from .asking import Assignment, AssignmentExtension, Participation
from .attempt import Attempt, CompetencyResult, ItemAction, Response, Wording, new_token
from .offer import Assessment, Blueprint
from .tally import ErasedAttempts, ErasedResponses

__all__ = [
    "Assessment",
    "Assignment",
    "AssignmentExtension",
    "Attempt",
    "Blueprint",
    "CompetencyResult",
    "ErasedAttempts",
    "ErasedResponses",
    "ItemAction",
    "Participation",
    "Response",
    "Wording",
    "new_token",
]
