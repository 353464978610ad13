"""The front door of themes: whose look a page wears, who may change it, and how a time is said."""

from .durations import duration
from .looks.choosing import register_editors, register_membership
from .looks.logos import drawn_again
from .looks.saving import Wishes, delete_look, save_look
from .looks.serving import sheet_at
from .models import Look
from .styles import excerpt

__all__ = [
    "Look",
    "Wishes",
    "delete_look",
    "drawn_again",
    "duration",
    "excerpt",
    "register_editors",
    "register_membership",
    "save_look",
    "sheet_at",
]
