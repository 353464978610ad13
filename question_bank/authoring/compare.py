"""Two texts of an item, side by side, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.compare import diff_text

from question_bank.shapes import Keys

from . import labels

UNSHOWN = {"status"}


@dataclass(frozen=True)
class Difference:
    """One place where two texts differ; what Wagtail's page of comparison draws."""

    keys: Keys
    before: str
    after: str
    is_field = True

    @property
    def field_label(self) -> str:
        """Say where."""
        return labels.place(self.keys)

    @property
    def htmldiff(self) -> SafeString:
        """Draw what went and what came."""
        drawn: SafeString = diff_text(self.before, self.after).to_html()
        return drawn


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what changed from one text to another, in the order of the item."""
    first, second = dict(_leaves(before, ())), dict(_leaves(after, ()))
    places = [*first, *(keys for keys in second if keys not in first)]
    found = (Difference(keys, first.get(keys, ""), second.get(keys, "")) for keys in places if keys[0] not in UNSHOWN)
    return [one for one in found if one.before != one.after]


def _leaves(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _leaves(entry, (*keys, key))
    elif isinstance(value, list) and any(isinstance(entry, dict | list) for entry in value):
        for index, entry in enumerate(value):
            yield from _leaves(entry, (*keys, index))
    else:
        yield keys, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
