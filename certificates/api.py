"""The front door of the issuer."""

from .pdf import document
from .selectors import of_holder, verify
from .services import define, erase_holder, issue, revoke

__all__ = ["define", "document", "erase_holder", "issue", "of_holder", "revoke", "verify"]
