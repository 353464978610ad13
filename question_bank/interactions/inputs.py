"""Reading what came from outside: the end is always a value of the expected shape, or an InvalidAnswer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer

from .content import Choice, ItemContent
from .mask import OptionMask

MOST_CHARACTERS = 500
Form = Mapping[str, Any]


def one(data: Form, name: str) -> str:
    """Return the field `name` of a form, or an empty text."""
    value = data.get(name)
    if isinstance(value, list | tuple):
        value = value[-1] if value else ""
    return value if isinstance(value, str) else ""


def many(data: Form, name: str) -> list[Any]:
    """Return every value of the field `name` of a form."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name, ())
    return list(value) if isinstance(value, list | tuple) else [value]


def revealed(
    content: ItemContent, mask: OptionMask, opaque: object, choices: Iterable[Choice], field: str, prefix: str = ""
) -> str:
    """Return the real id that `opaque` stands for. Raises InvalidAnswer when it is not one of `choices`."""
    if isinstance(opaque, str):
        for choice in choices:
            if mask.hide(content.version_uuid, prefix + choice.id) == opaque:
                return choice.id
    raise InvalidAnswer(field, _("Ce choix ne fait pas partie de ceux qui sont proposés."))


def revealed_all(
    content: ItemContent, mask: OptionMask, opaque: Sequence[Any], choices: Sequence[Choice], field: str
) -> list[str]:
    """Return the real ids of a list. Raises InvalidAnswer on one that is not proposed or given twice."""
    if len(opaque) > len(choices):
        raise InvalidAnswer(field, _("Il y a plus de réponses que de choix proposés."))
    found = [revealed(content, mask, value, choices, field) for value in opaque]
    if len(set(found)) < len(found):
        raise InvalidAnswer(field, _("Le même choix est donné deux fois."))
    return found


def typed(value: Any, field: str) -> str:
    """Return a typed text, trimmed. Raises InvalidAnswer when it is empty, too long or cannot be kept."""
    if not isinstance(value, str):
        raise InvalidAnswer(field, _("Un texte est attendu ici."))
    if len(value) > MOST_CHARACTERS:
        raise InvalidAnswer(
            field, _("Votre réponse est trop longue : %(most)d caractères au plus.") % {"most": MOST_CHARACTERS}
        )
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidAnswer(field, _("Votre réponse contient un caractère qui ne peut pas être enregistré."))
    if not value.strip():
        raise InvalidAnswer(field, _("Écrivez votre réponse, ou choisissez « Je ne sais pas »."))
    return value.strip()


def listed(value: Any, field: str) -> list[Any]:
    """Return a JSON list. Raises InvalidAnswer."""
    if not isinstance(value, list):
        raise InvalidAnswer(field, _("Une liste est attendue ici."))
    return value


def mapped(value: Any, field: str) -> dict[Any, Any]:
    """Return a JSON object. Raises InvalidAnswer."""
    if not isinstance(value, dict):
        raise InvalidAnswer(field, _("Un objet est attendu ici."))
    return value
