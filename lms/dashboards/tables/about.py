"""What goes with the figures of a file: their source, their date, the filters, what each column counts."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..definitions import meaning
from .types import Table

SOURCE = "Socle"


def lines(table: Table) -> Iterator[tuple[str, str]]:
    """Yield (what, its words) for the second sheet of a spreadsheet."""
    yield _("Tableau"), table.title
    yield _("Source"), table.source or SOURCE
    yield _("Données du"), date_format(timezone.localtime(table.as_of), "DATETIME_FORMAT")
    for name, value in table.filters:
        yield _("Filtre : %(name)s") % {"name": name}, value
    if table.note:
        yield _("Remarque"), table.note
    yield from definitions(table)


def definitions(table: Table) -> Iterator[tuple[str, str]]:
    """Yield (label of a column, what it holds) for each column, in their order."""
    for column in table.columns:
        yield column.label, meaning(column.definition) if column.definition else ""
