"""The kernel's rows."""

from .audit import AuditEntry
from .base import Dated, Identified
from .erasure import Erasure
from .job import Job
from .mail import Mail
from .media import Document, Image, Rendition
from .outbox import Delivery, OutboxEvent
from .retention import Retention
from .rows import columns_of, insert_rows, row_from, row_recognising, update_row, write_rows

__all__ = [
    "AuditEntry",
    "Dated",
    "Delivery",
    "Document",
    "Erasure",
    "Identified",
    "Image",
    "Job",
    "Mail",
    "OutboxEvent",
    "Rendition",
    "Retention",
    "columns_of",
    "insert_rows",
    "row_from",
    "row_recognising",
    "update_row",
    "write_rows",
]
