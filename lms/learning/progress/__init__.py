"""Following: where people are in modules, how long they spent there, what is done. Signed-in people only."""

from .checks import note_check
from .lines import JourneyLine, ModuleLine, journey_line, journey_lines, module_lines
from .places import Place, place_of
from .recording import after, count_time, see_step
from .tickets import Ticket, issue_ticket, read_ticket

__all__ = [
    "JourneyLine",
    "ModuleLine",
    "Place",
    "Ticket",
    "after",
    "count_time",
    "issue_ticket",
    "journey_line",
    "journey_lines",
    "module_lines",
    "note_check",
    "place_of",
    "read_ticket",
    "see_step",
]
