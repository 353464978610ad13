"""Who each line is: the number first, then birth date and names; what is only likely is a person's to decide.

Nothing is merged silently: a line is somebody known when something that belongs to one person says so (number, address
with the same names, birth date with the same names), and somebody new when nothing comes near. All the rest is a doubt,
or at least is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..numbers import bare_number
from .checking import Entry
from .namesakes import Lines, note
from .notes import Note
from .notes import gettext_noop as _
from .people import Known, People, are_namesakes

NEW: Final = "new"
SKIP: Final = "skip"
WHY: Final = {
    "number": _("Le même numéro est connu sous un autre nom."),
    "zeros": _("Un numéro connu ne diffère que par des zéros au début : un tableur les retire parfois."),
    "renumbered": _("Même nom et même date de naissance, mais un autre numéro."),
    "email": _("La même adresse est connue sous un autre nom."),
    "names": _("Même nom ; rien d’autre ne dit si c’est la même personne."),
    "near": _("Le nom ne diffère que d’une ou deux lettres."),
    "taken": _("Une autre ligne est déjà cette personne."),
    "twice": _("Même nom et même date de naissance qu’à la ligne %(line)d : une seule personne, ou deux ?"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that may be one of `candidates`: a person decides. `may_be_new`: whether it may be somebody else.

    `twin`: another line of the file that it may be; 0 for none.
    """

    entry: Entry
    why: str
    candidates: tuple[Known, ...]
    may_be_new: bool = True
    twin: int = 0


@dataclass
class Matches:
    """What became of the entries: known people by line, new ones, doubts, and lines somebody chose to leave out.

    `told`: what somebody should know of the new ones.
    """

    known: list[tuple[Entry, Known]] = field(default_factory=list)
    new: list[Entry] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)
    told: list[Note] = field(default_factory=list)


def reconcile(entries: Iterable[Entry], people: People, decisions: Mapping[int, str]) -> Matches:
    """Return who each entry is; `decisions`: line → “new”, “skip” or the uuid of somebody known.

    The sure ones are settled first: whoever is one line is no candidate for another.
    """
    found, taken, rest, lines = Matches(), set[int](), list[Entry](), Lines()
    for entry in entries:
        sure = _sure(entry, people)
        if sure is not None and sure.pk not in taken:
            found.known.append((entry, sure))
            taken.add(sure.pk)
            lines.add(entry)
        else:
            rest.append(entry)
    for entry in rest:
        doubt = _doubt(entry, people, taken) or _twin(entry, lines)
        if doubt is None and (said := note(entry, lines, _unsure(entry, people, taken))):
            found.told.append(said)
        _settle(entry, doubt, people, decisions.get(entry.line, ""), found, taken)
        if entry not in found.skipped[-1:]:
            lines.add(entry)
    return found


def _settle(entry: Entry, doubt: Doubt | None, people: People, decision: str, found: Matches, taken: set[int]) -> None:
    if doubt is None:
        found.new.append(entry)
    elif decision == SKIP:
        found.skipped.append(entry)
    elif decision == NEW and doubt.may_be_new:
        found.new.append(entry)
    elif (chosen := _chosen(doubt, decision, people)) is None:
        found.doubts.append(doubt)
    elif chosen.pk in taken:
        found.doubts.append(Doubt(entry, "taken", (), doubt.may_be_new))
    else:
        found.known.append((entry, chosen))
        taken.add(chosen.pk)


def _chosen(doubt: Doubt, decision: str, people: People) -> Known | None:
    return next((one for one in doubt.candidates if str(one.uuid) == decision), None)


def _sure(entry: Entry, people: People) -> Known | None:
    """Return who an entry surely is."""
    numbered = people.numbered(entry.student_number)
    same = [one for one in numbered if are_namesakes(one, entry)]
    if numbered:
        return same[0] if len(same) == 1 and not _is_born_otherwise(entry, same[0]) else None
    by_email = [one for one in people.by_email.get(entry.email, ()) if are_namesakes(one, entry)] if entry.email else []
    free = [one for one in by_email if not _is_numbered_otherwise(entry, one) and not _is_born_otherwise(entry, one)]
    if len(free) == 1:
        return free[0]
    born = [one for one in people.namesakes(entry) if _is_born_alike(entry, one)]
    return born[0] if len(born) == 1 and not _is_numbered_otherwise(entry, born[0]) else None


def _doubt(entry: Entry, people: People, taken: set[int]) -> Doubt | None:
    """Return why a line that is surely nobody may be somebody; None when it is somebody new."""
    numbered = people.numbered(entry.student_number)
    if numbered:
        free = _free(numbered, taken)
        is_held = any(not one.number_origin for one in numbered)
        return Doubt(entry, "number" if free else "taken", free, may_be_new=not is_held)
    if zeros := _free(people.numbered_but_for_zeros(entry.student_number), taken):
        return Doubt(entry, "zeros", zeros[:5])
    by_email = _free(people.by_email.get(entry.email, ()) if entry.email else (), taken)
    if by_email:
        return Doubt(entry, "email", by_email)
    namesakes = [one for one in _free(people.namesakes(entry), taken) if not _is_born_otherwise(entry, one)]
    for why, alike in (
        ("renumbered", [one for one in namesakes if _is_born_alike(entry, one)]),
        ("names", [one for one in namesakes if not _is_numbered_otherwise(entry, one)]),
        ("near", _near(entry, people, taken)),
    ):
        if alike:
            return Doubt(entry, why, tuple(alike[:5]))
    return None


def _twin(entry: Entry, lines: Lines) -> Doubt | None:
    """Return the doubt of a line whose names and birth date another line has, under another number or address."""
    twin = lines.born_alike(entry)
    return Doubt(entry, "twice", (), twin=twin.line) if twin else None


def _unsure(entry: Entry, people: People, taken: set[int]) -> Iterator[Known]:
    """Yield those of the same names and of another number, when a birth date that would tell was not kept, or said."""
    return (one for one in _free(people.namesakes(entry), taken) if not _is_born_otherwise(entry, one))


def _near(entry: Entry, people: People, taken: set[int]) -> list[Known]:
    """Return those of nearly the same name. Two different numbers are two people: twins have nearly the same name."""
    return [
        one
        for one in _free(people.nearly(entry), taken)
        if not _is_numbered_otherwise(entry, one) and not _is_born_otherwise(entry, one)
    ]


def _free(people: Iterable[Known], taken: set[int]) -> tuple[Known, ...]:
    return tuple(one for one in people if one.pk not in taken)


def _is_numbered_otherwise(entry: Entry, one: Known) -> bool:
    """Say whether both have a number and they differ, by more than zeros that a spreadsheet removes."""
    both = entry.student_number and one.student_number
    return bool(both and bare_number(entry.student_number) != bare_number(one.student_number))


def _is_born_alike(entry: Entry, one: Known) -> bool:
    return entry.birth_date is not None and entry.birth_date == one.birth_date


def _is_born_otherwise(entry: Entry, one: Known) -> bool:
    return entry.birth_date is not None and one.birth_date is not None and entry.birth_date != one.birth_date
