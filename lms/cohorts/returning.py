"""Students and invitations that came back with an older backup, after they were erased, go again.

A backup may be older than the account: then only the line of a roster, or an invitation, says who they were.
"""

from kernel.erasures import Watched, watch
from kernel.models import Mail

from .models import Invitation, Student
from .removing import remove_students


def erase(row: Student | Invitation) -> None:
    """Remove a row, and the letters that went to its address."""
    if row.email:
        Mail.objects.filter(to__iexact=row.email).delete()
    if isinstance(row, Student):
        remove_students([row.pk])
    else:
        row.delete()


def register() -> None:
    """Tell the kernel."""
    watch(Watched(Student, erase))
    watch(Watched(Invitation, erase))
