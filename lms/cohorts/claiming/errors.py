"""What claiming refuses, in the sentence learners read."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict, Gone, NotFound


class NumberRefused(Conflict):
    """Unknown, mistyped or taken: the answer is the same, so that nobody learns who is enrolled."""

    code = "number_refused"
    default_sentence = _(
        "Ce numéro ne permet pas de prendre une place dans cette cohorte. Vérifiez-le sur votre carte d’étudiant."
    )


class TooManyTries(Conflict):
    code = "too_many_tries"
    default_sentence = _(
        "Cinq numéros n’ont pas convenu. Par sécurité, attendez une heure avant d’en essayer un autre."
    )


class PlaceTaken(Conflict):
    code = "place_taken"
    default_sentence = _("Cette place est déjà tenue par un autre compte.")


class HoldsAnother(Conflict):
    code = "holds_another"
    default_sentence = _("Votre compte tient déjà la place d’un autre numéro dans cet établissement.")


class LinkUnknown(NotFound):
    code = "claim_link_unknown"
    default_sentence = _(
        "Ce lien ou ce code n’ouvre aucune place. Vérifiez-le, ou demandez-en un nouveau à votre établissement."
    )


class LinkExpired(Gone):
    code = "claim_link_expired"
    default_sentence = _("Ce lien n’est plus valable. Demandez-en un nouveau à votre établissement.")
