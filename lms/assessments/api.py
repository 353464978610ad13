"""The front door of the sitting."""

from .models import Assessment, Attempt
from .selectors import attempt, attempts_of, open_assessment, open_assessments
from .services import erase_attempt, keep_attempt, start_attempt, submit_response
from .warming import get_ready

__all__ = [
    "Assessment",
    "Attempt",
    "attempt",
    "attempts_of",
    "erase_attempt",
    "get_ready",
    "keep_attempt",
    "open_assessment",
    "open_assessments",
    "start_attempt",
    "submit_response",
]
