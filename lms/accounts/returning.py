"""Whoever came back with an older backup, after they were erased, goes again."""

from kernel.erasures import Watched, watch

from .models import LegalHold, User
from .services import erase_person


def erase(user: User) -> None:
    """Erase a person again. A hold that came back with them was lifted before they were erased."""
    LegalHold.objects.filter(user=user).delete()
    erase_person(user=user)


def register() -> None:
    """Tell the kernel."""
    watch(Watched(User, erase))
