"""Practice: an item answered and explained outside any attempt. Nothing is written, no cookie is set.

What an attempt keeps in its row, a signed field of the form keeps here: which version, the seed of its option ids and
order, the gestures of a simulation. The answer is checked on the server; no key leaves it before.
"""

from .asking import ask, ask_all, taken
from .refusals import ItemNotOffered
from .tickets import Ticket
from .turns import Practice

__all__ = ["ItemNotOffered", "Practice", "Ticket", "ask", "ask_all", "taken"]
