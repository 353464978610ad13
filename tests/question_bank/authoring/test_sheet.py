"""An item through its form and back: the same item, to the byte of its file."""

from typing import Any

import pytest

from question_bank.authoring import sheet, structured
from question_bank.authoring.gates import as_written, typed
from question_bank.itemfiles.reading import read_bank
from question_bank.itemfiles.writer import item_text
from tests.question_bank.samples import KINDS, english, item

STRUCTURED = ("answer", "fr_more", "plain_more", "en_more")


def through_the_form(content: dict[str, Any]) -> dict[str, Any]:
    fields = sheet.to_fields(content)
    parts = {name: structured.read(fields.get(name, "")) for name in STRUCTURED}
    return sheet.to_content(fields, parts, content)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db
def test_every_interaction_comes_back(kind: str) -> None:
    content = english(item(kind))
    assert item_text(typed(through_the_form(content))) == item_text(content)


@pytest.mark.django_db
def test_every_item_of_the_bank_comes_back_to_the_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    from question_bank.authoring import gates

    items = [found.data for found in read_bank().items]
    keys = frozenset(data["key"] for data in items)
    monkeypatch.setattr(gates, "known_keys", lambda enemies: keys)
    assert len(items) > 400
    changed = [data["key"] for data in items if item_text(typed(through_the_form(data))) != item_text(data)]
    assert changed == []


def test_numbers_are_written_as_files_write_them() -> None:
    assert as_written({"value": 1.5, "n": 3, "list": [1, "a"], "none": None}) == {
        "value": "1.5",
        "n": "3",
        "list": ["1", "a"],
    }
