"""What was erased stays erased, also when an older backup is restored (docs/decisions/0024)."""

from .again import Again, erase_again
from .listing import Line, UnreadableList, read_list, write_list
from .noting import Watched, digest_of, watch, watched

__all__ = [
    "Again",
    "Line",
    "UnreadableList",
    "Watched",
    "digest_of",
    "erase_again",
    "read_list",
    "watch",
    "watched",
    "write_list",
]
