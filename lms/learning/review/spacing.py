"""When a card comes back: FSRS 6 (py-fsrs), without chance and without a clock of its own.

No step within a day: whoever comes back three minutes a day cannot do it again in ten minutes. What is missed comes
back the next day. Nothing is put off for more than a year.
"""

from datetime import UTC, datetime
from typing import Any, Final

from fsrs import Card, Rating, Scheduler, State

SCHEDULER: Final = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
)
AGAIN, GOOD, EASY = (int(rating) for rating in (Rating.Again, Rating.Good, Rating.Easy))
Memory = dict[str, Any]  # {state, stability, difficulty, due_at, reviewed_at}


def unseen(now: datetime) -> Memory:
    """Return the memory of a card that was never answered, due at once."""
    return {"state": int(State.Learning), "stability": None, "difficulty": None, "due_at": now, "reviewed_at": None}


def after(memory: Memory, rating: int, now: datetime) -> Memory:
    """Return the memory of a card answered at `now` with `rating` (AGAIN, GOOD or EASY)."""
    card, _ = SCHEDULER.review_card(_card(memory), Rating(rating), now.astimezone(UTC))
    return {
        "state": int(card.state),
        "stability": card.stability,
        "difficulty": card.difficulty,
        "due_at": card.due,
        "reviewed_at": card.last_review,
    }


def _card(memory: Memory) -> Card:
    """Return a card as the library wants it; without an id it would read the clock, and wait."""
    reviewed_at = memory["reviewed_at"]
    return Card(
        card_id=0,
        state=State(memory["state"]),
        step=None if memory["state"] == int(State.Review) else 0,
        stability=memory["stability"],
        difficulty=memory["difficulty"],
        due=memory["due_at"].astimezone(UTC),
        last_review=reviewed_at.astimezone(UTC) if reviewed_at else None,
    )
