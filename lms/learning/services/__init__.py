"""Writing: the site's first pages, modules and journeys, their entries."""

from .editing import prepare_editing
from .entries import follow_journey, follow_module, forget_page
from .home import create_home_pages
from .trees import catalogue
from .writing import write_journey, write_module

__all__ = [
    "catalogue",
    "create_home_pages",
    "follow_journey",
    "follow_module",
    "forget_page",
    "prepare_editing",
    "write_journey",
    "write_module",
]
