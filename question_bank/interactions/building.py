"""From the JSON of an item version to a content ready to be asked."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from .content import DEFAULT_LOCALE, ItemContent, read_source, read_wording
from .registry import INTERACTIONS

LOCALES = ("fr", "en")
PLAIN = "plain"  # the same item in plain French, for whom long sentences are an obstacle
WORDINGS = ("fr", PLAIN, "en")


def build_content(
    *, version_uuid: UUID, key: str, data: Mapping[str, Any], valid_from: date, review_by: date
) -> ItemContent:
    """Return the content of one version; `data` holds interaction, answer, source and each language."""
    wordings = {name: read_wording("en" if name == "en" else "fr", data[name]) for name in WORDINGS if name in data}
    kind = INTERACTIONS[data["interaction"]]
    return ItemContent(
        version_uuid=version_uuid,
        key=key,
        interaction=kind.name,
        answer=MappingProxyType(dict(data["answer"])),
        expected=kind.expected(data["answer"], wordings[DEFAULT_LOCALE]),
        top_score=kind.top_score(data["answer"], data[DEFAULT_LOCALE]),
        wordings=MappingProxyType(wordings),
        source=read_source(data["source"]),
        valid_from=valid_from,
        review_by=review_by,
    )
