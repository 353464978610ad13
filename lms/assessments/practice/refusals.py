"""What practice refuses, and what it says then."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid, NotFound


class ItemNotOffered(NotFound):
    """The current release of the bank has no such item: it was withdrawn, or never published."""

    code = "item_not_offered"
    default_sentence = _("Cette situation n’est plus proposée : elle a été retirée.")


class TicketUnreadable(Invalid):
    """The signed field is missing, was changed, or was signed by another key."""

    code = "ticket_unreadable"
    default_sentence = _("Cette page n’a pas pu être reconnue, rien n’a été compté. La situation est de nouveau prête.")


class TicketTooOld(Invalid):
    """The page has been open for longer than a ticket lasts; what was typed is still there."""

    code = "ticket_too_old"
    default_sentence = _(
        "Cette page était ouverte depuis trop longtemps. Vos choix sont gardés : validez encore une fois."
    )
