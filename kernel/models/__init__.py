"""The kernel's rows."""

from .audit import AuditEntry
from .base import Dated, Identified
from .job import Job
from .mail import Mail
from .media import Document, Image, Rendition
from .outbox import Delivery, OutboxEvent
from .retention import Retention
from .rows import insert_rows, update_row

__all__ = [
    "AuditEntry",
    "Dated",
    "Delivery",
    "Document",
    "Identified",
    "Image",
    "Job",
    "Mail",
    "OutboxEvent",
    "Rendition",
    "Retention",
    "insert_rows",
    "update_row",
]
