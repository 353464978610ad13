"""The front door of the sitting."""

from .contributions import register_origin, register_suggestions
from .models import Assessment, Attempt
from .practice import ItemNotOffered, Practice
from .practice import ask as practice
from .practice import ask_all as practices
from .practice import taken as practise
from .practice.refusals import TicketUnreadable
from .selectors import attempt, attempts_of, open_assessment, open_assessments, under_way
from .services import erase_attempt, keep_attempt, start_attempt, submit_response
from .standing import check_percentages, finished, missed_items, standing, standing_of
from .types import Focus, Origin, Standing, Suggestion
from .warming import get_ready

__all__ = [
    "Assessment",
    "Attempt",
    "Focus",
    "ItemNotOffered",
    "Origin",
    "Practice",
    "Standing",
    "Suggestion",
    "TicketUnreadable",
    "attempt",
    "attempts_of",
    "check_percentages",
    "erase_attempt",
    "finished",
    "get_ready",
    "keep_attempt",
    "missed_items",
    "open_assessment",
    "open_assessments",
    "practice",
    "practices",
    "practise",
    "register_origin",
    "register_suggestions",
    "standing",
    "standing_of",
    "start_attempt",
    "submit_response",
    "under_way",
]
