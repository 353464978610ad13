"""The front door of learning."""

from .attestations import attestations_of, issue_attestation
from .checks import module_key as module_of_check
from .models import Journey, Module, PracticeResponse
from .path import PathStep, next_modules, path_of
from .progress import (
    JourneyLine,
    ModuleLine,
    count_time,
    journey_line,
    journey_lines,
    module_lines,
    note_check,
    see_step,
)
from .progress.moments import Moments, journey_moments
from .review.cards import note_missed
from .review.due import Reviews, reviews_of
from .selectors import journey, journeys, module, modules, page_url, professions_of_modules, titles_of
from .services import create_home_pages, prepare_editing, write_journey, write_module

__all__ = [
    "Journey",
    "JourneyLine",
    "Module",
    "ModuleLine",
    "Moments",
    "PathStep",
    "PracticeResponse",
    "Reviews",
    "attestations_of",
    "count_time",
    "create_home_pages",
    "issue_attestation",
    "journey",
    "journey_line",
    "journey_lines",
    "journey_moments",
    "journeys",
    "module",
    "module_lines",
    "module_of_check",
    "modules",
    "next_modules",
    "note_check",
    "note_missed",
    "page_url",
    "path_of",
    "prepare_editing",
    "professions_of_modules",
    "reviews_of",
    "see_step",
    "titles_of",
    "write_journey",
    "write_module",
]
