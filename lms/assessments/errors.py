"""What can go wrong in a sitting, each with the sentence a person reads."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict, Forbidden, Invalid, NotFound, SocleError


class AssessmentUnknown(NotFound):
    code = "unknown_assessment"
    default_sentence = _("Cette évaluation n’existe pas.")


class AttemptUnknown(NotFound):
    code = "unknown_attempt"
    default_sentence = _("Cette adresse ne mène à aucune évaluation.")


class AttemptAlreadyFinished(Conflict):
    code = "attempt_finished"
    default_sentence = _("Cette évaluation est terminée.")


class AttemptNotFinished(Conflict):
    code = "attempt_not_finished"
    default_sentence = _("Cette évaluation n’est pas terminée.")


class ItemAlreadyAnswered(Conflict):
    """A late answer to an item that is no longer on screen."""

    code = "item_already_answered"
    default_sentence = _(
        "Cette situation avait déjà sa réponse, qui compte ; la seconde n’a rien changé. Voici où vous en êtes."
    )


class ItemNeverServed(ItemAlreadyAnswered):
    """An answer to an item that this attempt never had on screen."""

    code = "item_never_served"
    default_sentence = _(
        "Cette réponse n’était pas pour la situation à l’écran : rien n’a changé. Voici où vous en êtes."
    )


class GestureTooLate(Conflict):
    """Another gesture was made at this step, in another tab."""

    code = "gesture_too_late"
    default_sentence = _("Un autre geste a été fait entre-temps : le vôtre n’a pas compté, voici où vous en êtes.")


class UnknownBesideAnswer(Invalid):
    """“I do not know” was pressed once, on a page, beside an answer that was begun: it may be a slip."""

    code = "unknown_beside_answer"
    default_sentence = _(
        "Vous aviez commencé à répondre. « Valider » envoie votre réponse. "
        "Si vous appuyez encore une fois sur « Je ne sais pas », nous compterons que vous ne savez pas."
    )


class GestureImpossible(Invalid):
    """A gesture that the present state does not allow."""

    code = "gesture_impossible"
    default_sentence = _("Ce geste n’existe pas dans cette situation.")


class KeyMissing(SocleError):
    code = "key_missing"
    status = 400
    default_sentence = _("L’en-tête Idempotency-Key manque.")


class KeyReused(Invalid):
    code = "key_reused"
    default_sentence = _("Cette clé a déjà servi pour une autre réponse.")


class BankTooSmall(SocleError):
    code = "bank_too_small"
    status = 503
    default_sentence = _("Aucune situation n’est disponible pour cette évaluation.")


class AssignmentUnknown(NotFound):
    """No such code, or not for this person: the two look alike from outside."""

    code = "unknown_assignment"
    default_sentence = _(
        "Ce code ne mène à aucune demande qui s’adresse à vous. "
        "Un code compte huit lettres et chiffres, comme K7M2-QX4P."
    )


class SignInToStart(Forbidden):
    code = "sign_in_to_start"
    default_sentence = _("Cette demande s’adresse à une personne : connectez-vous pour commencer.")


class AssignmentNotJoined(Conflict):
    code = "assignment_not_joined"
    default_sentence = _(
        "Cette demande vient d’un établissement qui ne vous connaît pas encore : "
        "lisez d’abord sa page, puis acceptez-la."
    )


class AssignmentHasNoTest(Conflict):
    code = "assignment_without_test"
    default_sentence = _("Cette demande ne comporte pas d’évaluation : elle se suit dans les modules de son parcours.")


class AssignmentNotOpen(Conflict):
    code = "assignment_not_open"
    default_sentence = _("Cette demande n’est pas encore ouverte.")


class AssignmentClosed(Conflict):
    code = "assignment_closed"
    default_sentence = _("Cette demande est close.")


class CohortIsClosed(Conflict):
    code = "cohort_closed"
    default_sentence = _("La cohorte à laquelle cette demande s’adressait est close.")


class AttemptsExhausted(Conflict):
    code = "attempts_exhausted"
    default_sentence = _("Vous avez utilisé toutes les tentatives que permet cette demande.")


class AttemptUnderWay(Conflict):
    code = "attempt_under_way"
    default_sentence = _("Vous avez déjà commencé : reprenez là où vous en étiez.")
