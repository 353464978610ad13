"""From author to reviewer to the people who answer: never the same person, never past the gates."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from wagtail.models import Workflow

from kernel.models import AuditEntry, OutboxEvent
from question_bank import api, tasks
from question_bank.authoring import errors, reviewing, roles, selectors, writing
from question_bank.authoring.models import ItemDraft, SecondReading, Stage
from question_bank.models import BankRelease, Item, ItemVersion, Status
from tests.question_bank.samples import item

pytestmark = pytest.mark.django_db
People = dict[str, Any]


def created(people: People, now: datetime, **changes: Any) -> ItemDraft:
    return writing.create_draft(content=item(key="item-mine", **changes), author=people["ines"], now=now)


def saved(draft: ItemDraft, author: Any, now: datetime, title: str = "Un autre titre") -> ItemDraft:
    content = selectors.latest_content(draft)
    content["fr"]["title"] = title
    return writing.save_draft(
        draft_id=draft.pk,
        content=content,
        base=selectors.base_of(ItemDraft.objects.get(pk=draft.pk)),
        author=author,
        now=now,
    )


def submitted(draft: ItemDraft, author: Any, now: datetime) -> ItemDraft:
    return writing.submit_draft(draft_id=draft.pk, author=author, now=now)


def approve(draft: ItemDraft, reviewer: Any, now: datetime) -> ItemDraft:
    return reviewing.approve_draft(draft_id=draft.pk, reviewer=reviewer, now=now)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_roles_are_what_they_say_and_making_them_again_changes_nothing(people: People) -> None:
    call_command("prepare_authoring")
    call_command("prepare_authoring")
    assert Workflow.objects.filter(name=roles.WORKFLOW).count() == SecondReading.objects.count() == 1
    can = {
        name: {right for right in people if False} or sorted(person.get_all_permissions())
        for name, person in people.items()
    }
    assert can["hugo"] == sorted(roles.RIGHTS[roles.REVIEWERS])
    assert can["lea"] == sorted(roles.RIGHTS[roles.READERS])
    assert not {"question_bank.publish_itemdraft", "question_bank.delete_itemdraft"} & {*can["ines"], *can["both"]}


def test_a_new_item_reaches_people_once_somebody_else_approved_it(people: People, now: datetime) -> None:
    draft = submitted(created(people, now), people["ines"], now)
    assert draft.stage == Stage.UNDER_REVIEW
    assert not Item.objects.exists()
    draft = approve(draft, people["hugo"], now)
    version = ItemVersion.objects.get()
    assert (draft.stage, draft.live, draft.item.is_edited, draft.item.status) == ("published", True, True, "published")
    assert (version.number, version.content["fr"]["title"]) == (1, "Un compte rendu")
    assert [entry.key for entry in api.release(api.current_release_id()).entries] == ["item-mine"]
    assert OutboxEvent.objects.filter(kind="question_bank.ItemPublished").count() == 1
    assert actions() == ["item.draft_created", "item.submitted", "item.approved"]
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["both", "root"])
def test_nobody_approves_their_own(people: People, now: datetime, name: str) -> None:
    author = people[name]
    draft = writing.create_draft(content=item(key="item-mine"), author=author, now=now)
    submitted(draft, author, now)
    with pytest.raises(errors.SecondPersonNeeded):
        approve(draft, author, now)
    with pytest.raises(errors.SecondPersonNeeded):
        reviewing.refuse_draft(draft_id=draft.pk, reviewer=author, comment="Non.", now=now)
    assert not Item.objects.exists()


def test_whoever_wrote_a_part_of_it_does_not_approve_it(people: People, now: datetime) -> None:
    draft = created(people, now)
    saved(draft, people["both"], now)
    submitted(draft, people["ines"], now)
    with pytest.raises(errors.SecondPersonNeeded):
        approve(draft, people["both"], now)
    assert approve(draft, people["hugo"], now).live


def test_whoever_submits_it_does_not_approve_it(people: People, one: ItemDraft, now: datetime) -> None:
    submitted(one, people["both"], now)
    with pytest.raises(errors.SecondPersonNeeded):
        approve(one, people["both"], now)


@pytest.mark.parametrize("name", ["ines", "jean", "lea", "nobody"])
def test_only_reviewers_decide(people: People, now: datetime, name: str) -> None:
    draft = submitted(created(people, now), people["ines"], now)
    with pytest.raises(errors.NotAllowed):
        approve(draft, people[name], now)
    with pytest.raises(errors.NotAllowed):
        reviewing.refuse_draft(draft_id=draft.pk, reviewer=people[name], comment="Non.", now=now)


@pytest.mark.parametrize("name", ["hugo", "lea", "nobody"])
def test_only_authors_write(people: People, one: ItemDraft, now: datetime, name: str) -> None:
    with pytest.raises(errors.NotAllowed):
        writing.create_draft(content=item(key="other"), author=people[name], now=now)
    with pytest.raises(errors.NotAllowed):
        saved(one, people[name], now)
    with pytest.raises(errors.NotAllowed):
        submitted(one, people[name], now)


def test_an_administrator_may_review_what_others_wrote(people: People, now: datetime) -> None:
    assert approve(submitted(created(people, now), people["ines"], now), people["root"], now).live


def test_an_item_that_its_file_kept_a_draft_is_published_from_the_cms(
    people: People, loaded: Path, now: datetime
) -> None:
    draft = ItemDraft.objects.get(key="item-new")
    approve(submitted(draft, people["ines"], now), people["hugo"], now)
    published = Item.objects.get(key="item-new")
    assert (published.status, published.current_version.number) == (Status.PUBLISHED, 1)
    assert "item-new" in [entry.key for entry in api.release(api.current_release_id()).entries]


def test_the_ways_of_wagtail_publish_nothing_even_for_a_superuser(people: People, now: datetime) -> None:
    draft = submitted(created(people, now), people["ines"], now)
    revision, state = draft.latest_revision, draft.current_workflow_state
    with pytest.raises(errors.SecondPersonNeeded):
        revision.publish(user=people["root"])
    with pytest.raises(errors.SecondPersonNeeded):
        draft.current_workflow_task.on_action(state.current_task_state, people["root"], "approve")
    with pytest.raises(errors.SecondPersonNeeded):
        state.finish(user=people["root"])
    assert draft.current_workflow_task.get_actions(draft, people["root"]) == []
    assert not Item.objects.exists()


def test_a_draft_with_a_hole_is_saved_but_not_submitted(people: People, now: datetime) -> None:
    content = item(key="item-mine")
    del content["fr"]["choices"][0]["rationale"]
    draft = writing.create_draft(content=content, author=people["ines"], now=now)
    with pytest.raises(errors.ItemRefused) as refusal:
        submitted(draft, people["ines"], now)
    assert [keys for keys, _sentence in refusal.value.problems] == [("fr", "choices", 0)]


def test_the_gates_stand_at_publication_too(people: People, one: ItemDraft, now: datetime) -> None:
    content = selectors.latest_content(one) | {"enemies": ["item-two"]}
    base = selectors.base_of(one)
    writing.save_draft(draft_id=one.pk, content=content, base=base, author=people["ines"], now=now)
    submitted(one, people["ines"], now)
    Item.objects.filter(key="item-two").update(key="item-gone")
    with pytest.raises(errors.ItemRefused):
        approve(one, people["hugo"], now)
    assert ItemDraft.objects.get(pk=one.pk).stage == Stage.UNDER_REVIEW
    assert Item.objects.get(key="item-one").current_version.number == 1


def test_editing_a_published_item_changes_nothing_until_it_is_approved(
    people: People, one: ItemDraft, now: datetime
) -> None:
    before = api.current_release_id()
    draft = saved(one, people["ines"], now)
    assert (draft.stage, draft.title, draft.content["fr"]["title"]) == (
        "under_revision", "Un autre titre", "Un compte rendu",
    )  # fmt: skip
    assert api.current_release_id() == before
    approve(submitted(draft, people["ines"], now), people["hugo"], now)
    item_now = Item.objects.get(key="item-one")
    assert (item_now.current_version.number, item_now.is_edited) == (2, True)
    assert item_now.versions.get(number=1).content["fr"]["title"] == "Un compte rendu"
    assert item_now.current_version.content["fr"]["title"] == "Un autre titre"
    assert api.current_release_id() != before
    assert len(api.release(before).entries) == 2


def test_a_refusal_says_why_and_sends_back(people: People, one: ItemDraft, now: datetime) -> None:
    submitted(saved(one, people["ines"], now), people["ines"], now)
    with pytest.raises(errors.CommentMissing):
        reviewing.refuse_draft(draft_id=one.pk, reviewer=people["hugo"], comment="  ", now=now)
    draft = reviewing.refuse_draft(draft_id=one.pk, reviewer=people["hugo"], comment="La source ?", now=now)
    assert draft.stage == Stage.UNDER_REVISION
    assert draft.current_workflow_state.current_task_state.comment == "La source ?"
    saved(draft, people["ines"], now, title="Un titre mendé")
    approve(submitted(draft, people["ines"], now), people["hugo"], now)
    assert Item.objects.get(key="item-one").current_version.content["fr"]["title"] == "Un titre mendé"
    assert mail.outbox == []


def test_what_is_under_review_does_not_move_until_it_is_withdrawn(
    people: People, one: ItemDraft, now: datetime
) -> None:
    submitted(one, people["ines"], now)
    with pytest.raises(errors.UnderReview):
        saved(one, people["jean"], now)
    with pytest.raises(errors.UnderReview):
        submitted(one, people["ines"], now)
    assert writing.withdraw_draft(draft_id=one.pk, author=people["ines"], now=now).stage == Stage.UNDER_REVISION
    with pytest.raises(errors.NotUnderReview):
        approve(one, people["hugo"], now)
    assert saved(one, people["jean"], now).title == "Un autre titre"


def test_the_second_of_two_editors_overwrites_nothing(people: People, one: ItemDraft, now: datetime) -> None:
    base, theirs = selectors.base_of(one), selectors.latest_content(one)
    saved(one, people["ines"], now)
    theirs["fr"]["question"] = "Et vous ?"
    with pytest.raises(errors.DraftMoved) as refusal:
        writing.save_draft(draft_id=one.pk, content=theirs, base=base, author=people["jean"], now=now)
    assert refusal.value.latest["fr"]["title"] == "Un autre titre"
    assert selectors.latest_content(ItemDraft.objects.get(pk=one.pk))["fr"]["title"] == "Un autre titre"
    assert one.revisions.count() == 1


def test_what_somebody_locked_is_theirs(people: People, one: ItemDraft, now: datetime) -> None:
    ItemDraft.objects.filter(pk=one.pk).update(locked=True, locked_by=people["ines"], locked_at=now)
    with pytest.raises(errors.DraftLocked):
        saved(one, people["jean"], now)
    assert saved(one, people["ines"], now).title == "Un autre titre"


def test_a_key_is_taken_once(people: People, one: ItemDraft, now: datetime) -> None:
    with pytest.raises(errors.KeyTaken):
        writing.create_draft(content=item(key="item-one"), author=people["ines"], now=now)


def test_saving_the_same_text_makes_no_revision(people: People, one: ItemDraft, now: datetime) -> None:
    content, base = selectors.latest_content(one), selectors.base_of(one)
    writing.save_draft(draft_id=one.pk, content=content, base=base, author=people["ines"], now=now)
    assert one.revisions.count() == 0
    assert actions() == []


def test_a_remark_is_kept_with_its_author(people: People, one: ItemDraft, now: datetime) -> None:
    reviewing.remark(draft_id=one.pk, reader=people["hugo"], text=" La source a changé. ", now=now)
    reviewing.remark(draft_id=one.pk, reader=people["ines"], text="Merci.", now=now)
    assert [(said.author, said.text) for said in one.remarks.all()] == [
        (people["hugo"], "La source a changé."), (people["ines"], "Merci."),
    ]  # fmt: skip
    with pytest.raises(errors.NotAllowed):
        reviewing.remark(draft_id=one.pk, reader=people["lea"], text="Moi aussi.", now=now)


def test_a_rule_that_has_ended_is_not_served_again(
    people: People, loaded: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = ItemDraft.objects.get(key="item-two")
    content = selectors.latest_content(draft) | {"valid_to": (now + timedelta(days=2)).date().isoformat()}
    writing.save_draft(
        draft_id=draft.pk, content=content, base=selectors.base_of(draft), author=people["ines"], now=now
    )
    approve(submitted(draft, people["ines"], now), people["hugo"], now)
    assert api.publish_release(now=now + timedelta(days=2))[1] is False
    monkeypatch.setattr(tasks.clock, "now", lambda: now + timedelta(days=2))
    assert tasks.leave_out_ended_items() is False
    release, is_new = api.publish_release(now=now + timedelta(days=3))
    assert is_new
    assert [entry.key for entry in api.release(release.pk).entries] == ["item-one"]
    assert BankRelease.objects.count() == 3
    assert Item.objects.get(key="item-two").status == Status.PUBLISHED
    assert [due.key for due in selectors.due(author_id=people["ines"].pk, today=(now + timedelta(days=3)).date())] == [
        "item-two"
    ]
