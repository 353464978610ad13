"""Errors that say the sentence people read, and the HTTP status that goes with it."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SocleError(Exception):
    """Something a person can be told: `sentence` for them, `status` for HTTP, `code` for programs."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"
    default_sentence: ClassVar[str | Promise] = _("La demande n’a pas pu être traitée.")

    def __init__(self, sentence: str | Promise = "") -> None:
        self._sentence = sentence or self.default_sentence
        super().__init__(self._sentence)

    @property
    def sentence(self) -> str:
        """Return the sentence, translated when it is read."""
        return str(self._sentence)

    def __str__(self) -> str:
        return self.sentence


class NotFound(SocleError):
    """There is no such thing, or it is not yours: the two look alike from outside."""

    status = 404
    code = "not_found"
    default_sentence = _("Cette adresse ne mène à rien.")


class Forbidden(SocleError):
    """The request is understood and refused."""

    status = 403
    code = "forbidden"
    default_sentence = _("Cette action n’est pas autorisée.")


class MethodNotAllowed(SocleError):
    """The address is there; it does not do this."""

    status = 405
    code = "method_not_allowed"
    default_sentence = _("Cette adresse n’accepte pas cette méthode : l’en-tête Allow dit lesquelles.")


class Conflict(SocleError):
    """The state has moved on since the page was drawn."""

    status = 409
    code = "conflict"
    default_sentence = _("La situation a changé entre-temps.")


class Gone(SocleError):
    """It was there; it is finished, erased or expired."""

    status = 410
    code = "gone"
    default_sentence = _("Ce contenu n’existe plus.")


class TooLarge(SocleError):
    """The body is over its limit."""

    status = 413
    code = "too_large"
    default_sentence = _("L’envoi est trop volumineux.")


class Broken(SocleError):
    """A mistake of ours: nobody can do anything about it but try later."""

    status = 500
    code = "broken"
    default_sentence = _("Quelque chose s’est cassé de notre côté. Ce qui était enregistré l’est toujours.")


class Invalid(SocleError):
    """The shape or the value is wrong; `field` names where."""

    status = 422
    code = "invalid"
    default_sentence = _("La valeur n’est pas valable.")

    def __init__(self, sentence: str | Promise = "", *, field: str = "") -> None:
        self.field = field
        super().__init__(sentence)
