"""Pages written in /cms/, and what outlives them: one row per module and per journey."""

from .catalogue import SearchEntry, TermEntry
from .catalogue_page import CataloguePage
from .entry import Journey, Module
from .home_page import HomePage
from .journey_page import JourneyPage
from .module_page import ModulePage
from .practice import PracticeResponse
from .progress import ModuleProgress, StepProgress
from .review import ReviewAnswer, ReviewCard, ReviewReminder
from .reviewing import ModuleReading

__all__ = [
    "CataloguePage",
    "HomePage",
    "Journey",
    "JourneyPage",
    "Module",
    "ModulePage",
    "ModuleProgress",
    "ModuleReading",
    "PracticeResponse",
    "ReviewAnswer",
    "ReviewCard",
    "ReviewReminder",
    "SearchEntry",
    "StepProgress",
    "TermEntry",
]
