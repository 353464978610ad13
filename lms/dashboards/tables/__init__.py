"""Tables: said once, read on the screen, as CSV, XLSX, ODS and PDF, with the same words and figures everywhere.

A view makes a `Table`, gives `respond(request, table)` a chance to send a file, and else renders
`dashboards/table.html` (`{% include "dashboards/table.html" with table=table %}`).
"""

from .page_file import page_as_pdf
from .responding import FORMATS, Printed, is_asked, respond
from .types import Column, Kind, Mask, Table

__all__ = ["FORMATS", "Column", "Kind", "Mask", "Printed", "Table", "is_asked", "page_as_pdf", "respond"]
