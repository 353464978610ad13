"""From what a file says to drafts that may be written: typed, with their own keys, duplicates and gaps told. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from question_bank.interactions.registry import INTERACTIONS
from question_bank.itemfiles.item_shape import FIELDS, read_item
from question_bank.shapes import Keys

from .drafts import KEY, LONGEST_KEY, free_key, key_of
from .limits import MAX_FIELDS, MAX_LEVELS
from .notes import Found, Note, shown
from .notes import gettext_noop as _
from .prose import shown_only

NEEDED: Final = (
    "competency",
    "capacity",
    "audiences",
    "difficulty",
    "source",
    "valid_from",
    "review_by",
)
EMPTY_FOR_ALL: Final = ("professions", "enemies")  # nothing said: everybody, none
LACKING = re.compile(r"has no “([^”]{1,40})”$")
NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be written: where it was, what to know; `same_as`: the key of one that says the same."""

    data: dict[str, Any]
    line: int
    place: str
    notes: tuple[Note, ...]
    same_as: str = ""

    @property
    def is_new(self) -> bool:
        """Whether nothing in the bank or in the file says the same."""
        return not self.same_as


def prepare(
    items: Iterable[Found], *, keys: Iterable[str], said: Mapping[str, str]
) -> tuple[list[Candidate], list[Note]]:
    """Return the candidates and what cannot be one.

    `keys`: those of the bank; `said`: the fingerprint of each of its items (fingerprint()) with its key.
    """
    taken, known = set(keys), dict(said)
    candidates, refused = list[Candidate](), list[Note]()
    for found in items:
        kind = found.data.get("interaction")
        if not isinstance(kind, str) or kind not in INTERACTIONS:
            refused.append(
                Note(_("L’interaction « %(kind)s » n’existe pas ici."), {"kind": shown(kind)}, found.line, found.place)
            )
            continue
        if not _is_reasonable(found.data):
            refused.append(Note(_("La situation contient trop de champs."), {}, found.line, found.place))
            continue
        candidates.append(_candidate(found, taken, known))
    return candidates, refused


def _is_reasonable(data: Any) -> bool:
    """Whether an item is of the size of an item: what follows goes through it by recursion, and compares names."""
    met, inside = 0, [(data, 0)]
    while inside:
        value, level = inside.pop()
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        met += 1 + len(inner)
        if met > MAX_FIELDS or level > MAX_LEVELS:
            return False
        inside.extend((one, level + 1) for one in inner)
    return True


def _candidate(found: Found, taken: set[str], known: dict[str, str]) -> Candidate:
    data, notes = typed(found.data)
    wanted = str(data.get("key") or "")
    wanted = wanted if KEY.fullmatch(wanted) and len(wanted) <= LONGEST_KEY + 30 else key_of(wanted)
    mark = fingerprint(data)
    same_as = known.get(mark, "")
    key = free_key(wanted, taken)
    if not same_as:
        taken.add(key)
        known[mark] = key
    if key != wanted and not same_as:
        notes.append(Note(_("La clé « %(key)s » est prise : ce sera « %(new)s »."), {"key": wanted, "new": key}))
    data = {"key": key, **{name: value for name, value in data.items() if name != "key"}, "status": "draft"}
    told = (Note(note.msgid, note.values, note.line or found.line, note.place or found.place) for note in notes)
    ordered = {name: data[name] for name in FIELDS if name in data}
    return Candidate(ordered, found.line, found.place, (*found.notes, *told), same_as)


def typed(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Note]]:
    """Return an item with every field of the type it must have, and what that changed or what is missing."""
    wrong: list[Keys] = []
    clean = {**{name: [] for name in EMPTY_FOR_ALL}, **_shown(dict(data))}
    read = read_item(_written(clean), lambda keys, sentence: wrong.append(_about(keys, sentence)))
    read.setdefault("audiences", [])
    notes = [
        Note(_("La bonne réponse « %(name)s » n’est pas un des choix : elle est à indiquer."), {"name": shown(name)})
        for name in _unknown_keys(read)
    ]
    if missing := [name for name in NEEDED if not clean.get(name)]:
        notes.append(Note(_("À compléter : %(fields)s."), {"fields": ", ".join(missing)}))
    bent = {_path(keys) for keys in wrong if keys and keys[0] not in ("status", *missing)}
    if bent:
        notes.append(Note(_("À revoir avant la publication : %(fields)s."), {"fields": ", ".join(sorted(bent)[:12])}))
    return read, notes


def _unknown_keys(data: Mapping[str, Any]) -> list[str]:
    """Return the right answers that no choice bears."""
    answer, words = data.get("answer"), data.get("fr")
    if not (isinstance(answer, dict) and isinstance(words, dict) and isinstance(words.get("choices"), list)):
        return []
    known = {str(choice.get("id")) for choice in words["choices"] if isinstance(choice, dict)}
    keys = answer.get("correct", [])
    return [str(key) for key in (keys if isinstance(keys, list) else [keys]) if str(key) not in known]


def _about(keys: Keys, sentence: str) -> Keys:
    """What a problem is about: the field that is missing rather than the part that lacks it."""
    match = LACKING.search(sentence)
    return (*keys, match[1]) if match else keys


def _path(keys: Keys) -> str:
    return shown(".".join(str(key + 1) if isinstance(key, int) else key for key in keys))


def _shown(value: Any) -> Any:
    """Return a value without the characters that nobody sees, or that turn the reading round."""
    if isinstance(value, str):
        return shown_only(value)
    if isinstance(value, dict):
        return {shown_only(str(name)): _shown(inner) for name, inner in value.items()}
    return [_shown(inner) for inner in value] if isinstance(value, list) else value


def _written(value: Any) -> Any:
    """Return a value as an item file writes it: every scalar a text, as the shapes of items read them."""
    if isinstance(value, dict):
        return {name: _written(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def fingerprint(data: Mapping[str, Any]) -> str:
    """Return what two items share when they say the same in French, but for accents, case and punctuation."""
    words = data.get("fr")
    told = words if isinstance(words, Mapping) else {}
    choices = sorted(_levelled(text) for name in ("choices", "prompts") for text in _texts(told.get(name)))
    said = [_levelled(str(told.get(name) or "")) for name in ("context", "question", "text")]
    return hashlib.sha256("\n".join([*said, *choices]).encode()).hexdigest()


def _texts(choices: Any) -> list[str]:
    return (
        [str(one.get("text") or "") for one in choices if isinstance(one, Mapping)] if isinstance(choices, list) else []
    )


def _levelled(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return NOT_LETTERS.sub(" ", "".join(sign for sign in bare if not unicodedata.combining(sign))).strip()
