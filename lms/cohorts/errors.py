"""What cohorts refuse, in the sentence people read."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict, Forbidden, Gone, Invalid, NotFound


class AttachmentRefused(Invalid):
    code = "attachment_refused"


class AttachedToItself(AttachmentRefused):
    default_sentence = _("Un établissement ne peut pas être rattaché à lui-même.")


class AttachedInCircle(AttachmentRefused):
    default_sentence = _(
        "Ces deux établissements seraient rattachés l’un à l’autre. Mettez d’abord fin à l’autre lien."
    )


class AttachedElsewhere(AttachmentRefused):
    default_sentence = _("On ne se rattache qu’à une université qui n’est elle-même rattachée à aucune autre.")


class AttachedTwice(AttachmentRefused):
    default_sentence = _("Un autre rattachement couvre déjà une partie de ces dates. Mettez-y fin d’abord.")


class AttachmentEndsFirst(AttachmentRefused):
    default_sentence = _("La fin du rattachement doit venir après son début.")


class CohortNameTaken(Conflict):
    code = "cohort_name_taken"
    default_sentence = _("Une cohorte de cette année porte déjà ce nom. Choisissez-en un autre.")


class InstitutionNameTaken(Conflict):
    code = "institution_name_taken"
    default_sentence = _("Un établissement porte déjà ce nom ou ce code. Vérifiez qu’il n’est pas dans la liste.")


class MergerRefused(Conflict):
    code = "merger_refused"
    default_sentence = _("Ces deux établissements ne peuvent pas être réunis.")


class LastCoordinator(Conflict):
    code = "last_coordinator"
    default_sentence = _(
        "C’est la dernière personne qui coordonne cet établissement. Donnez d’abord ce rôle à quelqu’un d’autre."
    )


class RoleNotYours(Forbidden):
    code = "role_not_yours"
    default_sentence = _("Ce rôle n’est pas de ceux que vous pouvez donner.")


class RoleHeldAlready(Conflict):
    code = "role_held_already"
    default_sentence = _("Cette personne a déjà ce rôle : elle est dans la liste de l’équipe.")


class ExpiryPast(Invalid):
    code = "expiry_past"
    default_sentence = _("La date de fin doit être à venir.")


class DayTooEarly(Invalid):
    code = "day_too_early"
    default_sentence = _("Cette date est trop ancienne.")


class DayTooLate(Invalid):
    code = "day_too_late"
    default_sentence = _("Cette date est trop lointaine : dix ans au plus.")


class InvitationUnknown(NotFound):
    code = "invitation_unknown"
    default_sentence = _(
        "Cette invitation n’existe pas, ou a été retirée. Demandez à la personne qui vous l’a envoyée."
    )


class InvitationUsed(Gone):
    code = "invitation_used"
    default_sentence = _("Cette invitation a déjà servi. Elle ne sert qu’une fois.")


class InvitationExpired(Gone):
    code = "invitation_expired"
    default_sentence = _("Cette invitation n’est plus valable : elle l’était quatorze jours.")


class InvitationForAnother(Conflict):
    code = "invitation_for_another"
    default_sentence = _("Cette invitation est faite à une autre adresse que celle de votre compte.")
