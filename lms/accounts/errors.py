"""What can go wrong with a person's account."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict


class PersonOnHold(Conflict):
    code = "person_on_hold"
    default_sentence = _(
        "Ce compte fait l’objet d’une conservation légale : il ne peut pas être effacé pour l’instant."
    )
