"""From a file to drafts: shown first, written once confirmed, whole or not at all."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from kernel import jobs, retention
from kernel.models import AuditEntry, Job
from question_bank.authoring.errors import NotAllowed
from question_bank.authoring.models import ItemDraft, Stage
from question_bank.exchange import exporting, formats, importing, uploads
from question_bank.exchange.formats import write
from question_bank.exchange.tables.csv_files import write_csv
from question_bank.models import Item
from tests.question_bank.samples import KINDS, item

NEW = "\n\n".join(f"::Situation {n}::Que faites-vous, cas numéro {n} ? {{=ceci ~cela ~autre chose}}" for n in range(3))
HARMFUL = b"<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz/>"


def many(count: int) -> bytes:
    return "\n\n".join(f"::Titre {n}::Que faire dans le cas {n} ? {{=oui ~non}}" for n in range(count)).encode()


def test_a_preview_writes_nothing(loaded):
    before = ItemDraft.objects.count()
    found = importing.preview(name="a.gift", data=NEW.encode())
    assert [one.data["key"] for one in found.new] == ["situation-0", "situation-1", "situation-2"]
    assert {one.data["status"] for one in found.new} == {"draft"}
    assert ItemDraft.objects.count() == before


def test_imported_items_are_drafts_that_say_what_they_lack(loaded, people, now):
    done = importing.import_items(name="a.gift", data=NEW.encode(), author=people["ines"], now=now)
    drafts = ItemDraft.objects.filter(key__startswith="situation-").order_by("key")
    assert [draft.stage for draft in drafts] == [Stage.DRAFT] * 3
    assert not any(draft.live for draft in drafts)
    assert drafts[0].author == people["ines"]
    assert "source" not in drafts[0].content
    assert "capacity" not in drafts[0].content
    assert any("source" in str(note) and "capacity" in str(note) for note in done.new[0].notes)
    assert not Item.objects.filter(key__startswith="situation-").exists()
    entry = AuditEntry.objects.get(action="items.imported")
    assert entry.details == {"file": "a.gift", "format": "gift", "written": 3, "duplicates": 0, "left_out": 0}


def test_the_same_text_is_found_in_the_bank_and_in_the_file(loaded, people, now):
    twice = NEW + "\n\n" + NEW.split("\n\n")[0].upper().replace("SITUATION", "Autre titre")
    found = importing.preview(name="a.gift", data=twice.encode())
    assert [one.same_as for one in found.duplicates] == ["situation-0"]
    importing.import_items(name="a.gift", data=NEW.encode(), author=people["ines"], now=now)
    assert not importing.preview(name="a.gift", data=twice.encode()).new
    published = write_csv([item(key="an-other-key")]).data
    assert [one.same_as for one in importing.preview(name="b.csv", data=published).duplicates] != []


def test_a_taken_key_gives_another(loaded):
    changed = item(key="item-one")
    changed["fr"]["question"] = "Une tout autre question ?"
    (one,) = importing.preview(name="b.csv", data=write_csv([changed]).data).new
    assert one.data["key"] == "item-one-2"
    assert any("item-one-2" in str(note) for note in one.notes)


def test_all_or_none(loaded, people, now, monkeypatch):
    real, calls = importing.create_draft, []

    def breaks(**options):
        calls.append(options)
        if len(calls) == 3:
            raise RuntimeError("the third")
        return real(**options)

    monkeypatch.setattr(importing, "create_draft", breaks)
    before = ItemDraft.objects.count()
    with pytest.raises(RuntimeError):
        importing.import_items(name="a.gift", data=NEW.encode(), author=people["ines"], now=now)
    assert ItemDraft.objects.count() == before
    assert not AuditEntry.objects.filter(action="items.imported").exists()


@pytest.mark.parametrize("name", ["lea", "hugo", "nobody"])
def test_only_authors_import(name, people, now):
    with pytest.raises(NotAllowed):
        importing.import_items(name="a.gift", data=NEW.encode(), author=people[name], now=now)


def test_what_is_in_the_bank_goes_out_and_comes_back(loaded):
    for kind in ("csv", "qti"):
        written = exporting.export_items(kind=kind)
        found = formats.read(formats.FILES[kind][0], written.data)
        keys = [one.data["key"] for one in found.items]
        assert keys == ["item-new", "item-one", "item-two"]
        contents = dict(ItemDraft.objects.values_list("key", "content"))
        assert all(one.data == contents[one.data["key"]] for one in found.items)


def test_export_by_competency_and_stage(loaded):
    assert exporting.export_items(kind="csv", stage="draft").count == 1
    assert exporting.export_items(kind="csv", competency="D1.C1").count == 0
    assert exporting.export_items(kind="csv", competency="D3.C1").count == 3


# — the wizard —


def send(client, data: bytes, name: str = "a.gift", kind: str = ""):
    return client.post(reverse("question_bank_import"), {"file": SimpleUploadedFile(name, data), "kind": kind})


def test_upload_preview_confirm(loaded, enter):
    client, before = enter("ines"), ItemDraft.objects.count()
    sent = send(client, NEW.encode())
    assert sent.status_code == 302
    shown = client.get(sent.url)
    assert "Situation 1" in shown.text
    assert "À compléter" in shown.text
    assert "Ligne" in shown.text
    assert ItemDraft.objects.count() == before
    done = client.post(sent.url, {"decision": "confirm"})
    assert done.status_code == 302
    assert ItemDraft.objects.count() == before + 3
    assert client.get(sent.url).status_code == 410  # the file is gone
    assert client.post(sent.url, {"decision": "confirm"}).status_code == 410
    assert ItemDraft.objects.count() == before + 3


def test_of_two_clicks_one_imports(loaded, people, now):
    upload = uploads.keep(NEW.encode(), name="a.gift", kind="", owner=people["ines"].pk)
    uploads.claim(upload)
    with pytest.raises(uploads.UploadGone):
        importing.confirm(upload, author=people["ines"], now=now)
    uploads.release(upload)
    assert len(importing.confirm(upload, author=people["ines"], now=now).new) == 3


def test_a_failed_import_keeps_the_file(loaded, people, now, monkeypatch):
    upload = uploads.keep(NEW.encode(), name="a.gift", kind="", owner=people["ines"].pk)
    monkeypatch.setattr(importing, "create_draft", lambda **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importing.confirm(upload, author=people["ines"], now=now)
    assert upload.data == NEW.encode()


def test_giving_up_erases_the_file(loaded, enter, settings):
    client = enter("ines")
    sent = send(client, NEW.encode())
    folder = Path(settings.MEDIA_ROOT).with_name("imports")
    assert len(list(folder.iterdir())) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    client.post(sent.url, {"decision": "cancel"})
    assert list(folder.iterdir()) == []


def test_errors_carry_their_line(loaded, enter):
    client = enter("ines")
    sent = send(client, (NEW + "\n\nUne phrase sans réponse.\n\n::Bon::Quoi ? {=a ~b}").encode())
    shown = client.get(sent.url)
    assert "Ligne 7" in shown.text
    assert "ce n’est pas une question" in shown.text


def test_a_harmful_file_is_refused_on_the_form(loaded, enter, settings):
    client, before = enter("ines"), ItemDraft.objects.count()
    refused = send(client, HARMFUL, "a.xml")
    assert refused.status_code == 422
    assert "DOCTYPE" in refused.text
    assert not Path(settings.MEDIA_ROOT).with_name("imports").exists()
    assert ItemDraft.objects.count() == before


def test_no_file_and_a_wrong_format(enter):
    client = enter("ines")
    assert client.post(reverse("question_bank_import"), {}).status_code == 422
    assert send(client, NEW.encode(), kind="xlsx").status_code == 422


def test_the_file_is_its_owner_s(loaded, people, enter, client):
    sent = send(enter("ines"), NEW.encode())
    client.force_login(people["jean"])
    assert client.get(sent.url).status_code == 410
    assert client.post(sent.url, {"decision": "confirm"}).status_code == 410


@pytest.mark.parametrize("token", ["a" * 32, "..%2F..%2Fetc%2Fpasswd", "a" * 500, "a.b"])
def test_a_token_is_not_a_path(token, enter):
    assert enter("ines").get(f"/cms/banque/importer/{token}/").status_code in (404, 410)


@pytest.mark.parametrize(
    ("name", "may_import", "may_export"),
    [("ines", True, True), ("hugo", False, True), ("lea", False, True), ("root", True, True), ("nobody", False, False)],
)
def test_roles(name, may_import, may_export, enter):
    client = enter(name)
    assert (client.get(reverse("question_bank_import")).status_code == 200) is may_import
    assert (client.get(reverse("question_bank_export")).status_code == 200) is may_export


def test_export_page(loaded, enter):
    client = enter("lea")
    address = reverse("question_bank_export")
    told = client.post(address, {"kind": "gift", "decision": "report"})
    assert "item-two" in told.text
    assert "order" in told.text
    given = client.post(address, {"kind": "csv", "decision": "file"})
    assert given["Content-Disposition"].startswith("attachment")
    assert len(formats.read("a.csv", given.content).items) == 3
    assert AuditEntry.objects.get(action="items.exported").details["items"] == 3
    assert client.post(address, {"kind": "exe"}).status_code == 422


def test_as_many_queries_for_one_row_as_for_forty(loaded, enter, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = enter("ines")
    few, more = send(client, many(1)).url, send(client, many(40)).url
    client.get(few)
    with CaptureQueriesContext(connection) as first:
        client.get(few)
    with CaptureQueriesContext(connection) as second:
        client.get(more)
    assert len(first) == len(second)


# — long imports —


def test_a_long_import_is_a_job(loaded, people, enter, now):
    client, before = enter("ines"), ItemDraft.objects.count()
    sent = send(client, many(201))
    assert "arrière-plan" in client.get(sent.url).text
    started = client.post(sent.url, {"decision": "confirm"})
    job = Job.objects.get(kind=importing.JOB)
    assert started.url == reverse("question_bank_import_job", args=[job.uuid])
    assert client.post(sent.url, {"decision": "confirm"}).status_code == 410  # a second click
    assert ItemDraft.objects.count() == before
    assert 'http-equiv="refresh"' in client.get(started.url).text
    assert jobs.run(job.pk, now=now)
    job.refresh_from_db()
    assert (job.state, job.progress, job.error) == ("done", 100, "")
    assert ItemDraft.objects.count() == before + 201
    over = client.get(started.url)
    assert "201" in over.text
    assert 'http-equiv="refresh"' not in over.text
    client.force_login(people["jean"])
    assert client.get(started.url).status_code == 404


def test_a_job_goes_on_after_a_dead_worker(loaded, people, now, monkeypatch):
    upload = uploads.keep(many(220), name="a.gift", kind="", owner=people["ines"].pk)
    job = importing.confirm(upload, author=people["ines"], now=now)
    assert isinstance(job, Job)
    real = jobs.report_progress

    def dies(row, percent):
        if percent > 40:
            raise RuntimeError("the worker dies")
        real(row, percent)

    monkeypatch.setattr(jobs, "report_progress", dies)
    jobs.run(job.pk, now=now)
    assert 0 < ItemDraft.objects.filter(key__startswith="titre-").count() < 220
    monkeypatch.setattr(jobs, "report_progress", real)
    job.refresh_from_db()
    jobs.run(job.pk, now=job.next_attempt_at)
    assert ItemDraft.objects.filter(key__startswith="titre-").count() == 220
    assert AuditEntry.objects.filter(action="items.imported").count() == 1


def test_files_nobody_confirms_are_removed_after_a_day(loaded, people, now, settings):
    import os

    assert retention.days("item_imports") == 1
    upload = uploads.keep(b"x", name="a", kind="", owner=people["ines"].pk)
    folder = Path(settings.MEDIA_ROOT).with_name("imports")
    for path in folder.iterdir():
        os.utime(path, (now.timestamp(), now.timestamp()))
    retention.purge(now=now + timedelta(hours=23))
    assert len(list(folder.iterdir())) == 2
    assert retention.purge(now=now + timedelta(hours=25))["item_imports"] == 1
    with pytest.raises(uploads.UploadGone):
        uploads.find(upload.token, owner=people["ines"].pk)


# — commands —


def test_commands(loaded, people, tmp_path, capsys):
    path = tmp_path / "a.gift"
    path.write_text(NEW, encoding="utf-8")
    before = ItemDraft.objects.count()
    call_command("import_items", path, dry_run=True)
    assert "3 drafts would be written" in capsys.readouterr().out
    assert ItemDraft.objects.count() == before
    with pytest.raises(CommandError):
        call_command("import_items", path)
    call_command("import_items", path, author="ines@demo.example")
    assert ItemDraft.objects.count() == before + 3
    out = tmp_path / "bank.zip"
    call_command("export_items", format="qti", output=out)
    assert len(formats.read("bank.zip", out.read_bytes()).items) == before + 3
    (tmp_path / "bad.xml").write_bytes(HARMFUL)
    with pytest.raises(CommandError, match="DOCTYPE"):
        call_command("import_items", tmp_path / "bad.xml", author="ines@demo.example")
    with pytest.raises(CommandError):
        call_command("import_items", tmp_path / "none.xml", dry_run=True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["csv", "qti", "moodle", "gift"])
def test_every_interaction_goes_through_the_door(kind, name, people, now):
    """Out, in, written, and the writing screens can show it."""
    written = write(name, [item(kind)])
    if not written.count:
        assert written.lost
        return
    done = importing.import_items(name=formats.FILES[name][0], data=written.data, author=people["ines"], now=now)
    (draft,) = ItemDraft.objects.order_by("pk")
    assert len(done.new) == 1
    assert draft.interaction == kind
    assert json.loads(json.dumps(draft.content)) == draft.content
