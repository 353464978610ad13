"""What accounts themselves keep of a person, told to the services as any room does."""

from django.utils.translation import gettext_lazy as _

from . import editing, post, telling
from .services import register_personal_data
from .types import PersonalData


def register() -> None:
    """Tell the services."""
    register_personal_data(PersonalData("mail", post.told, post.forget, _("E-mails envoyés par Socle")))
    register_personal_data(PersonalData("editing", editing.export, editing.erase, _("Commentaires et brouillons")))
    register_personal_data(PersonalData("written", telling.written_by, _left_to_the_end, _("Actes de votre rôle")))


def _left_to_the_end(user_id: int) -> None:
    """What staff wrote stays: their name goes with the account, last of all."""
