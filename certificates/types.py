"""What a verification says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Words:
    """A text and the language it is in, which may not be the reader's: the page must say so (WCAG 3.1.2)."""

    text: str
    language: str


@dataclass(frozen=True)
class Fact:
    """Something that a certificate says, in the reader's language: a text, or a list."""

    label: str
    text: str = ""
    items: tuple[Words, ...] = ()


class Verdict(StrEnum):
    """The three answers of a verification."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What anyone with the code may know; the fields after `verdict` are empty when it is unknown."""

    verdict: Verdict
    code: str = ""
    printed_code: str = ""
    uuid: UUID | None = None
    achievement: str = ""
    title: str = ""
    title_language: str = ""
    description: str = ""
    holder_name: str = ""
    issuer_name: str = ""
    issued_at: datetime | None = None
    details: dict[str, Any] | None = None
    facts: tuple[Fact, ...] = ()
    notices: tuple[str, ...] = ()
    revoked_at: datetime | None = None
    revocation_reason: str = ""

    @property
    def is_attestation(self) -> bool:
        """Whether its words are those of an attestation: who issued it said so in `details`."""
        return (self.details or {}).get("document") == "attestation"
