"""What an attempt froze stays: an item retired or edited while it is on screen changes nothing for who has it."""

from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Sum

from kernel.events import delivery as deliveries
from kernel.events import drain
from kernel.models import Delivery
from lms.assessments import delivery
from lms.assessments.models import Attempt
from question_bank import api as bank_api
from question_bank.models import Item, ItemExposure
from tests.lms.assessments import loaded
from tests.lms.assessments.reading import Reader
from tests.lms.assessments.taking import Taker

Change = Callable[[str], str]


def retire(text: str) -> str:
    """Take an item out of use."""
    return text.replace("status: published", "status: retired")


def edit(text: str) -> str:
    """Say something else in an item."""
    return text.replace("  title: ", "  title: Autre chose, ", 1)


def change(key: str, how: Change, folder: Path) -> None:
    """Load the bank again, with one file changed; another process would read it anew."""
    loaded.copy_some_files(folder)
    path = next(folder.rglob(f"{key}.yaml"))
    before = path.read_text()
    path.write_text(how(before))
    assert path.read_text() != before
    call_command("load_items", path=folder, stdout=StringIO())
    loaded.forget()


def check_unmoved(taker: Taker, how: Change, folder: Path) -> None:
    """Change the item on screen: the page is the same, its answer is taken for the version that was served."""
    entry = delivery.entry_at(taker.attempt, 1)
    before = taker.resume().content
    change(entry.key, how, folder)
    assert bank_api.current_release_id() != taker.attempt.bank_release_id
    assert taker.resume().content == before
    taker.answer()
    assert taker.responses[0].item_version_id == entry.item_version_id


@pytest.mark.parametrize("how", [retire, edit])
def test_an_item_changed_while_on_screen_changes_nothing(taker: Taker, how: Change, tmp_path: Path) -> None:
    check_unmoved(taker, how, tmp_path)
    taker.finish()
    for key, payload in taker.sent:
        assert taker.send(payload, key).status_code == 200


@pytest.mark.parametrize("how", [retire, edit])
def test_mutant_that_draws_from_the_current_release(
    taker: Taker, how: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def current(attempt: Attempt, position: int) -> Any:
        return bank_api.release(bank_api.current_release_id()).entries[attempt.selection_log[position - 1]]

    Attempt.objects.update(selection_log=[0])
    taker.body = taker.resume().json()
    monkeypatch.setattr(delivery, "entry_at", current)
    with pytest.raises(AssertionError):
        check_unmoved(taker, how, tmp_path)


def test_the_page_too(bank: None, tmp_path: Path) -> None:
    reader = Reader().begin()
    fields, before = reader.fields(), reader.look().content
    change(delivery.entry_at(Attempt.objects.get(), 1).key, edit, tmp_path)
    assert reader.look().content == before
    assert reader.send(fields).status_code == 303
    assert len(reader.responses) == 1


def test_a_new_attempt_draws_from_the_new_release(taker: Taker, tmp_path: Path) -> None:
    key = delivery.entry_at(taker.attempt, 1).key
    change(key, retire, tmp_path)
    assert Item.objects.get(key=key).status == "retired"
    release = bank_api.release(Taker().start().attempt.bank_release_id)
    assert key not in [entry.key for entry in release.entries]


# Counting exposure


def counted() -> tuple[int, int, float]:
    """Return how often items were served, in how many finished attempts they could have been, and their prices."""
    totals = ItemExposure.objects.aggregate(served=Sum("served"), finished=Sum("finished"), price=Sum("price"))
    return totals["served"], totals["finished"], round(totals["price"], 9)


def check_counted_once(taker: Taker) -> None:
    """Let the worker break once between counting and saying so: the attempt still counts once."""
    taker.finish()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deliveries, "_delete", _break)
        with suppress(deliveries.ListenerFailed):
            drain()
    Delivery.objects.update(next_attempt_at=None)
    drain()
    drain()
    served, finished, _ = counted()
    assert served == len(taker.responses)
    assert finished == delivery.setting(taker.attempt).eligible.sum()


def _break(pks: list[int]) -> None:
    raise RuntimeError("the worker broke")


def test_a_finished_attempt_counts_once_whatever_the_worker_meets(taker: Taker) -> None:
    check_counted_once(taker)


def test_mutant_whose_handler_is_not_in_the_transaction_of_its_delivery(
    taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_handle", deliveries._handle.__wrapped__)
    with pytest.raises(AssertionError):
        check_counted_once(taker)


def test_an_attempt_erased_before_the_worker_came_counts_nothing(taker: Taker) -> None:
    taker.finish()
    taker.attempt.delete()
    before = counted()
    drain()
    assert counted() == before


def test_a_framework_without_a_domain_of_the_bank_still_measures_the_others(bank: None, tmp_path: Path) -> None:
    """Items of a competency that the framework in force does not have are not asked; nothing breaks."""
    shipped = Path("competencies/data/socle.yaml").read_text(encoding="utf-8")
    cut = shipped.index("\n- id: D5\n")
    path = tmp_path / "framework.yaml"
    path.write_text(shipped[:cut].replace('version: "2026.1"', 'version: "2030.1"') + "\n", encoding="utf-8")
    call_command("load_framework", path, stdout=StringIO())
    loaded.forget()
    taker = Taker().start("citizen").finish()
    release = bank_api.release(taker.attempt.bank_release_id)
    asked = {release.entries[place].competency.partition(".")[0] for place in taker.attempt.selection_log}
    assert asked <= {"D1", "D2", "D3", "D4"}
    assert {row.code for row in taker.attempt.results.filter(scope="domain")} == {"D1", "D2", "D3", "D4"}
