"""What a test says of a page in the browser waits for it.

A click is done as soon as the next page begins to arrive: what is asked of it at once may not be there yet,
and `expect(…)` waits where `assert ….is_visible()` and `assert ….count()` look once.
"""

import re
from pathlib import Path

import pytest

from tests.strict.ours import ROOT

IMPATIENT = re.compile(
    r"assert .*\.(?:is_visible|is_hidden|is_checked|input_value)\(\)|assert .*(?<!objects)\.count\(\) == \d"
)


def impatient(source: str) -> list[str]:
    """Return the lines that look once at a page that may still be arriving."""
    return [line.strip() for line in source.splitlines() if IMPATIENT.search(line)]


def test_journeys_wait_for_what_they_expect():
    journeys = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path != Path(__file__)]
    found = {path.name: impatient(text) for path in journeys if "playwright" in (text := path.read_text())}
    assert len(found) > 10
    assert not [told for told in found.items() if told[1]], "expect(…) waits, assert does not"


@pytest.mark.parametrize("line", ['assert page.get_by_text("x").is_visible()', 'assert page.locator("a").count() == 1'])
def test_impatience_is_seen(line):
    assert impatient(f"page.click()\n    {line}\n") == [line]
