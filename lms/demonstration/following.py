"""What the demonstration's student has done: a module completed and attested, another under way, cards to review."""

from datetime import datetime, timedelta

from lms.accounts.api import User
from lms.learning import api as learning
from lms.learning.api import Module

STUDENT = "student"
PACE = timedelta(minutes=6)
POINTS, TOP = 4, 5


def seed_following(*, owner: User, now: datetime) -> None:
    """Write it once, with the first two modules for students; nothing when there are not two, or something was done."""
    found = [module for module in learning.modules() if STUDENT in module.audiences and len(module.steps) > 1][:2]
    if len(found) < 2 or learning.module_lines(owner_id=owner.pk, language="fr"):
        return
    done, under_way = found
    _complete(done, owner, now - timedelta(days=9))
    _follow(under_way, owner, now - timedelta(days=1), steps=2)
    learning.note_missed(owner_id=owner.pk, keys=done.item_keys[:4], module=done.key, now=now - timedelta(days=3))


def _complete(module: Module, owner: User, at: datetime) -> None:
    end = _follow(module, owner, at, steps=len(module.steps))
    learning.note_check(owner_id=owner.pk, module=module, points=POINTS, top=TOP, finished_at=end)
    learning.issue_attestation(owner=owner, of="module", key=module.key, now=end)


def _follow(module: Module, owner: User, at: datetime, *, steps: int) -> datetime:
    """Read the first steps, at a pace; return when that was over."""
    for key in module.step_keys[:steps]:
        opened_at, at = at, at + PACE
        learning.count_time(owner_id=owner.pk, module=module, step=key, seconds=200, opened_at=opened_at, now=at)
        learning.see_step(owner_id=owner.pk, module=module, step=key, now=at)
    return at
