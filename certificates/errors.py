"""Why the issuer refuses."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict, Invalid, NotFound


class UnknownAchievement(NotFound):
    """No achievement has this key."""

    default_sentence = _("Cette réussite n’existe pas.")


class UnknownCertificate(NotFound):
    """No certificate has this code."""

    default_sentence = _("Aucun certificat ni aucune attestation ne porte ce code.")


class CertificateAlreadyRevoked(Conflict):
    """It was taken back before."""

    default_sentence = _("Ce certificat est déjà révoqué.")


class ReasonMissing(Invalid):
    """A revocation says why."""

    default_sentence = _("Dites pourquoi ce certificat est révoqué : sa page publique le dira.")


class HolderMissing(Invalid):
    """A certificate names its holder."""

    default_sentence = _("Un certificat porte le nom de la personne.")
