"""What is written to a person when their second factor changes: whoever did not ask for it learns it at once."""

from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kernel.mail import queue_mail

from ..models import User

LETTERS: Final = {
    "set_up": (
        _("Votre second facteur est en place"),
        _("Un second facteur protège maintenant votre compte : un code vous sera demandé à chaque connexion."),
    ),
    "codes_renewed": (
        _("Vos codes de secours ont changé"),
        _("De nouveaux codes de secours viennent d’être faits pour votre compte. Les anciens ne servent plus."),
    ),
    "removed": (
        _("Votre second facteur est retiré"),
        _("Votre compte n’a plus de second facteur : votre mot de passe suffit de nouveau à y entrer."),
    ),
    "reset": (
        _("Votre second facteur a été retiré à votre demande"),
        _(
            "La personne qui gère Socle a retiré votre second facteur, parce qu’on lui a dit que vous ne l’aviez plus. "
            "À votre prochaine page réservée, il vous en sera demandé un autre."
        ),
    ),
}


def write(what: str, user: User) -> None:
    """Queue the letter about `what`, in the language of `user`."""
    subject, said = LETTERS[what]
    with translation.override(user.language):
        context = {"said": said}
        text = render_to_string("second_factor/mail/letter.txt", context)
        html = render_to_string("second_factor/mail/letter.html", context)
        queue_mail(to=user.email, subject=str(subject), text=text, html=html)
