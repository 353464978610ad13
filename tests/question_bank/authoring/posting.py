"""What a browser sends for the form of an item."""

from typing import Any

from question_bank.authoring import sheet
from question_bank.interactions.building import WORDINGS
from question_bank.models import digest_of


def form_data(content: dict[str, Any], base: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return the fields of the form filled with an item; `base`: what its author began from."""
    fields = sheet.to_fields(content)
    data: dict[str, Any] = {"base": digest_of(content) if base is None else base}
    for name in WORDINGS:
        data |= _streamed(f"{name}_choices", fields.pop(f"{name}_choices", []))
        data |= _streamed(f"{name}_artefact", fields.pop(f"{name}_artefact", []))
    return {**data, **{name: value for name, value in fields.items() if value is not None}, **changes}


def _listed(prefix: str, values: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {f"{prefix}-count": str(len(values))}
    for index, value in enumerate(values):
        found |= {f"{prefix}-{index}-deleted": "", f"{prefix}-{index}-order": str(index), f"{prefix}-{index}-id": ""}
        found |= _valued(f"{prefix}-{index}-value", value)
    return found


def _streamed(prefix: str, values: list[Any]) -> dict[str, Any]:
    found = _listed(prefix, [value["value"] for value in values])
    for index, value in enumerate(values):
        found[f"{prefix}-{index}-type"] = value["type"]
        for empty in ("attachments", "rows", "buttons", "fields", "turns"):
            found.setdefault(f"{prefix}-{index}-value-{empty}-count", "0")
    return found


def _valued(prefix: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {key: said for name, one in value.items() for key, said in _valued(f"{prefix}-{name}", one).items()}
    if isinstance(value, list):
        return _listed(prefix, value)
    if isinstance(value, bool):
        return {prefix: "on"} if value else {}
    return {prefix: "" if value is None else str(value)}
