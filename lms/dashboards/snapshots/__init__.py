"""Daily snapshots: what those who may not see names read of the country, a university, a programme.

snapshots.latest(Scope.national()).whole.cell("trained_measured")  # a number, or the Mask that says why there is none
"""

from .marks import country
from .reading import Protected, Snapshot, history, latest
from .taking import take

__all__ = ["Protected", "Snapshot", "country", "history", "latest", "take"]
