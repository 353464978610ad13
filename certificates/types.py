"""What a verification says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


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
    title: str = ""
    description: str = ""
    holder_name: str = ""
    issuer_name: str = ""
    issued_at: datetime | None = None
    details: dict[str, Any] | None = None
    revoked_at: datetime | None = None
    revocation_reason: str = ""
