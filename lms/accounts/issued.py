"""What a person was issued, for export and erasure. The issuer knows a holder by an opaque name: here, their uuid."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates import api as certificates

from .models import User
from .services import register_personal_data
from .types import PersonalData


def holder_ref(user_id: int) -> str:
    """Return the name under which the issuer knows a person."""
    return str(User.objects.values_list("uuid", flat=True).get(pk=user_id))


def export(user_id: int) -> list[dict[str, Any]]:
    """Return the certificates of a person."""
    return [asdict(issued) for issued in certificates.of_holder(holder_ref(user_id))]


def erase(user_id: int) -> None:
    """Remove the certificates of a person."""
    certificates.erase_holder(holder_ref=holder_ref(user_id))


def register() -> None:
    """Tell the services."""
    register_personal_data(PersonalData("certificates", export, erase, _("Attestations et certificats")))
