"""The front door of accounts."""

from .models import User
from .services import (
    ensure_not_on_hold,
    erase_person,
    export_person,
    give_consent,
    name_person,
    register_personal_data,
    withdraw_consent,
)

__all__ = [
    "User",
    "ensure_not_on_hold",
    "erase_person",
    "export_person",
    "give_consent",
    "name_person",
    "register_personal_data",
    "withdraw_consent",
]
