"""Why an attestation is not issued."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict, Invalid


class NotCompleted(Conflict):
    """The module or the journey is not completed, or there is none."""

    code = "not_completed"
    default_sentence = _("Une attestation se demande quand tout est terminé : il reste encore quelque chose à faire.")


class NameMissing(Invalid):
    """An attestation names its holder."""

    code = "name_missing"
    default_sentence = _("Écrivez votre prénom et votre nom : l’attestation les porte.")
