"""What authoring refuses, and what it says then."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel.errors import Conflict, Forbidden, Invalid
from question_bank.shapes import Problem


class NotAllowed(Forbidden):
    """The account has no such right."""

    default_sentence = _("Votre rôle ne permet pas cette action.")


class SecondPersonNeeded(Forbidden):
    """Whoever wrote any of it, or submitted it, may not approve or refuse it; nobody publishes without a review."""

    default_sentence = _("Vous avez écrit ou soumis cette situation : une autre personne doit la relire.")


class DraftMoved(Conflict):
    """Somebody saved since the form was opened; `latest` is what they wrote."""

    default_sentence = _(
        "Cette situation a changé depuis que vous l’avez ouverte. Rien n’est perdu : comparez, puis enregistrez."
    )

    def __init__(self, latest: dict[str, Any]) -> None:
        super().__init__()
        self.latest = latest


class DraftLocked(Conflict):
    """Somebody keeps it for themselves for a while."""

    default_sentence = _("Cette situation est verrouillée par une autre personne.")


class UnderReview(Conflict):
    """What a reviewer reads does not change under their eyes."""

    default_sentence = _("Cette situation est en relecture : retirez-la d’abord de la relecture pour la modifier.")


class NotUnderReview(Conflict):
    """There is nothing to approve, refuse or withdraw."""

    default_sentence = _("Cette situation n’est pas en relecture.")


class KeyTaken(Invalid):
    """Another item has this key."""

    default_sentence = _("Cette clé est déjà celle d’une autre situation.")


class CommentMissing(Invalid):
    """A refusal says why."""

    default_sentence = _("Dites en quelques mots ce qui est à reprendre.")


class ItemRefused(Invalid):
    """The gates refuse to publish; `problems` says where and why."""

    default_sentence = _("Il reste des points à régler avant la publication.")

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems
