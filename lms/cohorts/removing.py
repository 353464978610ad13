"""Removing what institutions know of people who leave, or whose time is over, without changing what was counted."""

from collections.abc import Callable, Collection

from django.db import transaction

from .models import Student

Fold = Callable[[Collection[int]], None]
_folds: list[Fold] = []


def register_fold(fold: Fold) -> None:
    """Have `fold` called with the ids of students about to be removed: whoever counts them keeps the counts."""
    _folds.append(fold)


@transaction.atomic
def remove_students(students: Collection[int]) -> int:
    """Remove students with their places and return how many there were; rooms above fold them into counts first."""
    for fold in _folds:
        fold(students)
    return Student.objects.filter(pk__in=students).delete()[1].get(Student._meta.label, 0)
