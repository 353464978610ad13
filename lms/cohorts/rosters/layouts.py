"""Which column says what: the thirteen columns of Pix Orga, names that are often met, and what an institution chose."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from .names import normalised
from .notes import FileRefused, gettext_noop
from .table import Row, Table

FIELDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "student_number": _("Numéro étudiant"),
        "last_name": _("Nom de famille"),
        "usage_name": _("Nom d’usage"),
        "first_name": _("Prénom"),
        "second_name": _("Deuxième prénom"),
        "third_name": _("Troisième prénom"),
        "birth_date": _("Date de naissance"),
        "email": _("Adresse e-mail"),
        "group": _("Groupe"),
    }
)
NEEDED: Final = ("last_name", "first_name")
PIX_ORGA: Final = (
    "Premier prénom", "Deuxième prénom", "Troisième prénom", "Nom de famille", "Nom d’usage", "Date de naissance",
    "Email", "Numéro étudiant", "Composante", "Équipe pédagogique", "Groupe", "Diplôme", "Régime",
)  # fmt: skip
KNOWN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "student_number": (
            "numero etudiant", "n etudiant", "no etudiant", "num etudiant", "code etudiant", "numero apogee",
            "matricule", "student number", "identifiant etudiant",
        ),
        "last_name": ("nom de famille", "nom", "nom de naissance", "nom patronymique", "last name", "surname"),
        "usage_name": ("nom d usage", "nom usage", "nom marital", "nom usuel"),
        "first_name": ("premier prenom", "prenom", "prenom 1", "first name", "given name"),
        "second_name": ("deuxieme prenom", "prenom 2", "second prenom", "2e prenom"),
        "third_name": ("troisieme prenom", "prenom 3", "3e prenom"),
        "birth_date": ("date de naissance", "date naissance", "ne e le", "ne le", "naissance", "birth date"),
        "email": (
            "email", "e mail", "mail", "courriel", "adresse electronique", "adresse e mail", "adresse mail",
            "adresse email", "mel", "mail universitaire", "email institutionnel", "email universitaire",
        ),
        "group": ("groupe", "groupe td", "td", "group"),
    }
)  # fmt: skip
LOOKED_AT: Final = 30  # lines among which the header is looked for
NO_HEADER = gettext_noop(
    "Aucune ligne de titres de colonnes n’a été trouvée. La première ligne doit nommer les colonnes."
)


@dataclass(frozen=True)
class Header:
    """The line that names the columns; `labels` are as the file writes them, a blank one is column 3’s “(3)”."""

    line: int
    labels: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Return what tells one layout from another: the normalised names in their order."""
        said = "|".join(normalised(label) for label in self.labels)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def is_pix_orga(self) -> bool:
        """Say whether these are the thirteen columns, in any order."""
        return {normalised(label) for label in self.labels} == {normalised(label) for label in PIX_ORGA}


def find_header(table: Table) -> Header:
    """Return the line, among the first ones, that names most columns; a title above it is passed over.

    Raises FileRefused when no line has two cells.
    """
    lines = [row for row in islice(table.rows(), LOOKED_AT) if sum(bool(cell) for cell in row.cells) > 1]
    if not lines:
        raise FileRefused(NO_HEADER)
    best = max(lines, key=lambda row: (_recognised(row), -row.line))
    _ensure_told_apart(best)
    return Header(best.line, tuple(cell[:120] or f"({place})" for place, cell in enumerate(best.cells, start=1)))


def _recognised(row: Row) -> int:
    return len(guess(row.cells))


def _ensure_told_apart(row: Row) -> None:
    names = [normalised(cell) for cell in row.cells if cell]
    twice = next((cell for cell in row.cells if cell and names.count(normalised(cell)) > 1), "")
    if twice:
        raise FileRefused(gettext_noop("Deux colonnes portent le même titre, « %(name)s »."), row.line, name=twice[:60])


def guess(labels: Iterable[str]) -> dict[str, int]:
    """Return field → place (from 0) for the names that are often met; two columns for one field: the surer name."""
    places = {normalised(label): place for place, label in reversed(list(enumerate(labels)))}
    found = {}
    for field, names in KNOWN.items():
        name = next((name for name in names if name in places), None)
        if name is not None:
            found[field] = places[name]
    return found


def is_complete(mapping: Mapping[str, int]) -> bool:
    """Say whether a mapping names somebody, and tells them from a namesake."""
    return all(field in mapping for field in NEEDED) and bool({"student_number", "email", "birth_date"} & set(mapping))


def left_aside(header: Header, mapping: Mapping[str, int]) -> Sequence[str]:
    """Return the names of the columns that are neither read nor kept."""
    return [label for place, label in enumerate(header.labels) if place not in mapping.values()]
