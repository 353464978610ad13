"""Writing a sitting: start, answer, finish, keep, erase. Each is one transaction that checks, changes and publishes."""

from .acting import record_gesture
from .answering import submit_response
from .ending import expire_attempt, finish_attempt
from .keeping import keep_attempt
from .leaving import erase_attempt
from .starting import start_attempt

__all__ = [
    "erase_attempt",
    "expire_attempt",
    "finish_attempt",
    "keep_attempt",
    "record_gesture",
    "start_attempt",
    "submit_response",
]
