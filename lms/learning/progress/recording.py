"""Writing where people are: check, change, publish. A row per person and module, locked while it changes."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kernel.events import publish
from lms.learning.events import ModuleStarted, StepSeen, TimeCounted
from lms.learning.models import Module, ModuleProgress, StepProgress

from .completing import complete_if_done
from .time import believed, longest

END = "bilan"  # where a module leads after its last step; no step has this key


def to_take_up(at: str, steps: Collection[str], seen: Collection[str]) -> str:
    """Return the part to take up for who was `at` one ("": none yet): the same, or the first unseen if it is gone."""
    if not at or at == END or at in steps:
        return at
    return next((key for key in steps if key not in seen), END)


@transaction.atomic
def see_step(*, owner_id: int, module: Module, step: str, now: datetime) -> str:
    """Record that the person goes on from `step`; return the key of what follows: a step, or the final check.

    A step that the module has no more is not recorded: what follows is then "".
    """
    following = after(module, step)
    if not following:
        return ""
    progress = lock_progress(owner_id, module, now)
    row, _ = StepProgress.objects.get_or_create(progress=progress, key=step)
    progress.touch(following, now)
    progress.save(update_fields=["step", "seen_at"])
    if row.seen_at is None:
        _see(progress, module, row, now)
        complete_if_done(progress, module, now=now)
    return following


def after(module: Module, step: str) -> str:
    """Return the key of what follows `step` in a module: a step, or the final check; "" when it has no such step."""
    keys = module.step_keys
    return [*keys, END][keys.index(step) + 1] if step in keys else ""


@transaction.atomic
def count_time(*, owner_id: int, module: Module, step: str, seconds: int, opened_at: datetime, now: datetime) -> int:
    """Add to a step the time its page was seen, as far as it is believed; return the seconds that were added.

    No moment counts twice for a person, whatever is open in however many tabs.
    """
    minutes = {one["key"]: one["minutes"] for one in module.steps}
    if step not in minutes or seconds <= 0:
        return 0
    progress = lock_progress(owner_id, module, now)
    row, _ = StepProgress.objects.get_or_create(progress=progress, key=step)
    since = max(opened_at, _counted_until(owner_id) or opened_at)
    added = believed(claimed=seconds, since=since, now=now, left=longest(minutes[step]) - row.seconds)
    row.seconds, progress.seconds, progress.counted_at = row.seconds + added, progress.seconds + added, now
    row.save(update_fields=["seconds"])
    if row.seen_at is None:  # reading a step again does not move the place to resume at
        progress.touch(step, now)
    progress.save(update_fields=["seconds", "counted_at", "step", "seen_at"])
    if added:
        publish(TimeCounted(aggregate=progress.uuid, at=now, module=module.key, seconds=added, owner=owner_id))
    return added


def lock_progress(owner_id: int, module: Module, now: datetime) -> ModuleProgress:
    """Return the person's progress in the module, begun now if it was not, locked until the transaction ends."""
    begun = {"started_at": now, "seen_at": now}
    rows = ModuleProgress.objects.select_for_update()
    progress, is_new = rows.get_or_create(owner_id=owner_id, module=module, defaults=begun)
    if is_new:
        publish(ModuleStarted(aggregate=progress.uuid, at=now, module=module.key, owner=owner_id))
    return progress


def _see(progress: ModuleProgress, module: Module, row: StepProgress, now: datetime) -> None:
    row.seen_at = now
    row.save(update_fields=["seen_at"])
    seen = seen_keys(progress) & set(module.step_keys)
    publish(
        StepSeen(
            aggregate=progress.uuid,
            at=now,
            module=module.key,
            step=row.key,
            seen=len(seen),
            steps=len(module.steps),
            owner=progress.owner_id,
        )
    )


def seen_keys(progress: ModuleProgress) -> set[str]:
    """Return the keys of the steps that are behind, those removed since included."""
    rows = StepProgress.objects.filter(progress=progress, seen_at__isnull=False).order_by("pk")
    return set(rows.values_list("key", flat=True))


def _counted_until(owner_id: int) -> datetime | None:
    """Return until when time was counted for the person, in any module."""
    until: datetime | None = ModuleProgress.objects.filter(owner_id=owner_id).aggregate(at=Max("counted_at"))["at"]
    return until
