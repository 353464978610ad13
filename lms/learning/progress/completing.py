"""When a module is done: all its present steps are seen, and a final check reached its mark. Then the journeys."""

from datetime import datetime
from uuid import UUID, uuid5

from kernel.events import publish
from lms.learning import selectors
from lms.learning.events import JourneyCompleted, ModuleCompleted
from lms.learning.models import Journey, Module, ModuleProgress, StepProgress
from lms.learning.ways import completed, ways


def complete_if_done(progress: ModuleProgress, module: Module, *, now: datetime) -> bool:
    """Complete a locked progress when nothing is missing any more; say whether that was done."""
    if progress.completed_at is not None or not _is_done(progress, module):
        return False
    progress.completed_at = now
    progress.save(update_fields=["completed_at"])
    publish(
        ModuleCompleted(
            aggregate=progress.uuid,
            at=now,
            module=module.key,
            check=progress.best_check or 0,
            seconds=progress.seconds,
            owner=progress.owner_id,
        )
    )
    _complete_journeys(progress.owner_id, module, now)
    return True


def _is_done(progress: ModuleProgress, module: Module) -> bool:
    if not module.steps or progress.best_check is None or progress.best_check < module.mark:
        return False
    seen = StepProgress.objects.filter(progress=progress, seen_at__isnull=False, key__in=module.step_keys)
    return seen.count() == len(module.steps)


def _complete_journeys(owner_id: int, module: Module, now: datetime) -> None:
    """Tell the journeys whose last missing module this was; a module that is withdrawn is not waited for."""
    for journey in selectors.journeys():
        if module.key in journey.every_key and _is_completed_by(owner_id, journey, module):
            publish(
                JourneyCompleted(aggregate=registration(owner_id, journey), at=now, journey=journey.key, owner=owner_id)
            )


def _is_completed_by(owner_id: int, journey: Journey, module: Module) -> bool:
    """Say whether `module` was the last one missing of a way through `journey`, of which no other was completed."""
    known = selectors.professions_of_modules(journey.every_key)
    known[module.key] = module.professions  # withdrawn meanwhile, it was done all the same
    rows = ModuleProgress.objects.filter(owner_id=owner_id, completed_at__isnull=False, module__key__in=list(known))
    done = set(rows.order_by("pk").values_list("module__key", flat=True))
    every = list(ways(journey.parts, known))
    return bool(completed(every, done)) and not completed(every, done - {module.key})


def registration(owner_id: int, journey: Journey) -> UUID:
    """Return the name of somebody's following of a journey, the same for ever."""
    return uuid5(UUID(str(journey.uuid)), str(owner_id))
