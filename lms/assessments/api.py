"""The front door of the sitting."""

from .audiences import PLACEMENTS, TRAININGS
from .context import audience_of, remember_as
from .contributions import register_origin, register_suggestions
from .models import Assessment, Assignment, AssignmentExtension, Attempt, Participation, Response
from .models.asking import read_code
from .practice import ItemNotOffered, Practice
from .practice import ask as practice
from .practice import ask_all as practices
from .practice import taken as practise
from .practice.refusals import TicketUnreadable
from .selectors import attempt, attempts_of, open_assessment, open_assessments, under_way
from .services import erase_attempt, keep_attempt, start_attempt, submit_response
from .services.admitting import ensure_may_begin, find_assignment, lock_participation
from .standing import check_percentages, finished, missed_items, standing, standing_of
from .types import Focus, Origin, Standing, Suggestion
from .warming import get_ready
from .windows import Window, closing, day_of, first_moment, last_moment, window, written_day, zone_of

__all__ = [
    "PLACEMENTS",
    "TRAININGS",
    "Assessment",
    "Assignment",
    "AssignmentExtension",
    "Attempt",
    "Focus",
    "ItemNotOffered",
    "Origin",
    "Participation",
    "Practice",
    "Response",
    "Standing",
    "Suggestion",
    "TicketUnreadable",
    "Window",
    "attempt",
    "attempts_of",
    "audience_of",
    "check_percentages",
    "closing",
    "day_of",
    "ensure_may_begin",
    "erase_attempt",
    "find_assignment",
    "finished",
    "first_moment",
    "get_ready",
    "keep_attempt",
    "last_moment",
    "lock_participation",
    "missed_items",
    "open_assessment",
    "open_assessments",
    "practice",
    "practices",
    "practise",
    "read_code",
    "register_origin",
    "register_suggestions",
    "remember_as",
    "standing",
    "standing_of",
    "start_attempt",
    "submit_response",
    "under_way",
    "window",
    "written_day",
    "zone_of",
]
