"""What can go wrong when something is asked, each with the sentence a person reads."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict, Invalid, NotFound


class AssignmentNotFound(NotFound):
    """There is none, or it is not of an institution that this person sees: the two look alike from outside."""

    code = "unknown_assignment"
    default_sentence = _("Cette page n’existe pas, ou n’est pas accessible avec vos rôles.")


class DraftRefused(Invalid):
    """What was typed cannot be asked; `errors` says why, field by field."""

    code = "draft_refused"
    default_sentence = _("Quelque chose est à corriger : voyez ci-dessous.")

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(field=next(iter(errors), ""))


class DayTooFar(Invalid):
    code = "day_too_far"
    default_sentence = _("Rien n’a changé : cette date est trop lointaine, dix ans au plus.")


class ReminderTooSoon(Conflict):
    code = "reminder_too_soon"
    default_sentence = _("Une relance est déjà partie il y a moins d’un jour : laissez-leur le temps d’y répondre.")


class NobodyToRemind(Conflict):
    code = "nobody_to_remind"
    default_sentence = _("Il n’y a personne à relancer.")
