"""What adjustments keep of a person, for export and erasure."""

from django.utils.translation import gettext_lazy as _

from lms.accounts.api import register_personal_data
from lms.accounts.types import PersonalData

from .models import Accommodation
from .selectors import personal_data


def erase(user_id: int) -> None:
    """Remove what was granted to a person."""
    Accommodation.objects.filter(student__user_id=user_id).delete()


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("accommodations", personal_data, erase, _("Aménagements")))
