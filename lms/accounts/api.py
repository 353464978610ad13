"""The front door of accounts."""

from .inactivity.presence import register_presence
from .models import User
from .second_factor.staff import register_staff
from .services import (
    ensure_not_on_hold,
    erase_person,
    export_person,
    give_consent,
    name_person,
    register_personal_data,
    withdraw_consent,
)
from .telling import told, told_rows

__all__ = [
    "User",
    "ensure_not_on_hold",
    "erase_person",
    "export_person",
    "give_consent",
    "name_person",
    "register_personal_data",
    "register_presence",
    "register_staff",
    "told",
    "told_rows",
    "withdraw_consent",
]
