"""The front door of the issuer."""

from .selectors import of_holder, verify
from .services import define, issue, revoke

__all__ = ["define", "issue", "of_holder", "revoke", "verify"]
