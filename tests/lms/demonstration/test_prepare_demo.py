"""The second start of the demonstration: what has not changed is not loaded again, what has changed is."""

import pytest
from django.core.cache import cache

from lms.demonstration.management.commands import prepare_demo


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the loaders, as they are called."""
    called: list[str] = []
    monkeypatch.setattr(prepare_demo, "call_command", lambda name, **options: called.append(name))
    cache.clear()
    return called


def test_the_files_are_loaded_once(loads: list[str]) -> None:
    prepare_demo.Command()._load()
    assert tuple(loads) == prepare_demo.LOADERS
    prepare_demo.Command()._load()
    assert len(loads) == len(prepare_demo.LOADERS)


def test_a_changed_file_is_loaded_again(loads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    prepare_demo.Command()._load()
    monkeypatch.setattr(prepare_demo, "_loaded_digest", lambda: "another")
    prepare_demo.Command()._load()
    assert len(loads) == 2 * len(prepare_demo.LOADERS)


def test_what_reads_the_files_counts_as_well(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare_demo, "ROOT", tmp_path)
    (tmp_path / "question_bank").mkdir()
    file = tmp_path / "question_bank" / "rules.py"
    seen = set()
    for text in ("one", "two"):
        file.write_text(text)
        seen.add(prepare_demo._loaded_digest())
    assert len(seen) == 2
