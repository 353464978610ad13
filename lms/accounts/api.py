"""The front door of accounts."""

from .models import User
from .services import erase_person, export_person, give_consent, register_personal_data, withdraw_consent

__all__ = ["User", "erase_person", "export_person", "give_consent", "register_personal_data", "withdraw_consent"]
