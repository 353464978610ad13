"""Where somebody is in one module, for its pages."""

from collections.abc import Collection
from dataclasses import dataclass

from lms.learning.models import ModuleProgress

from .checks import best_checks
from .recording import END, to_take_up


@dataclass(frozen=True, slots=True)
class Place:
    """`step`: the key of the step to take up, empty when there is none; `seen`: the keys of the present steps seen.

    `check`: the best percentage of a final check, None when none was finished. Nobody signed out has a place.
    """

    step: str = ""
    seen: frozenset[str] = frozenset()
    total: int = 0
    is_begun: bool = False
    is_at_end: bool = False
    is_completed: bool = False
    check: int | None = None
    seconds: int = 0

    @property
    def segments(self) -> list[bool]:
        """The bar: one mark a step, those behind first, and one for the final check."""
        return [*[True] * len(self.seen), *[False] * (self.total - len(self.seen)), self.is_completed]

    @property
    def minutes(self) -> int:
        """The minutes measured; 0 when none was, or less than one."""
        return self.seconds // 60


def place_of(*, owner_id: int | None, key: str, steps: Collection[str]) -> Place:
    """Return where `owner_id` is in the module `key`, whose `steps` are these now: four queries at most.

    None for a reader who is not signed in.
    """
    if owner_id is None:
        return Place(total=len(steps))
    rows = ModuleProgress.objects.filter(owner_id=owner_id, module__key=key).prefetch_related("steps")
    progress = rows.select_related("module").order_by("pk").first()
    if progress is None:
        return Place(total=len(steps))
    return _place(progress, steps, best_checks([progress], owner_id)[key])


def _place(progress: ModuleProgress, steps: Collection[str], check: int | None) -> Place:
    seen = {row.key for row in progress.steps.all() if row.seen_at is not None}
    step = to_take_up(progress.step, steps, seen)
    is_at_end = step == END
    return Place(
        step="" if is_at_end else step,
        seen=frozenset(seen & set(steps)),
        total=len(steps),
        is_begun=True,
        is_at_end=is_at_end,
        is_completed=progress.is_completed,
        check=check,
        seconds=progress.seconds,
    )
