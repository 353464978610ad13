"""The front of the readers: what a file is, by its first bytes rather than by its name."""

from typing import BinaryIO

from .delimited import read_delimited
from .limits import MAX_BYTES
from .notes import FileRefused
from .notes import gettext_noop as _
from .table import Table
from .workbooks import read_workbook

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF"


def read(file: BinaryIO) -> Table:
    """Return the table that a file holds, CSV, XLSX or ODS; memory does not grow with a CSV. Raises FileRefused."""
    size = file.seek(0, 2)
    if size > MAX_BYTES:
        raise FileRefused(
            _("Le fichier dépasse %(most)d Mo. Retirez les feuilles et colonnes inutiles, ou coupez la liste."),
            most=MAX_BYTES // 2**20,
        )
    file.seek(0)
    start = file.read(4)
    if not start:
        raise FileRefused(_("Le fichier est vide."))
    if start == OLD_WORKBOOK:
        raise FileRefused(
            _(
                "Ce classeur est dans un ancien format, ou protégé par un mot de passe. "
                "Enregistrez-le en XLSX, sans mot de passe."
            )
        )
    if start == PDF:
        raise FileRefused(_("Un PDF ne peut pas être lu comme une liste. Demandez la liste en CSV, XLSX ou ODS."))
    return read_workbook(file) if start.startswith(b"PK") else read_delimited(file)
