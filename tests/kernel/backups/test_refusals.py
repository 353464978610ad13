"""A backup that is not whole is refused whole, before anything is touched; so is one there is no room for."""

import json
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command

from kernel import retention
from kernel.backups import BackupRefused, forget_old, make_backup, restore_backup
from kernel.backups.uploads import unpack

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
pytestmark = [pytest.mark.usefixtures("superuser"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def backup(tmp_path: Path, settings) -> Path:
    settings.ERASED_LIST = tmp_path / "erased.jsonl"
    FileSystemStorage(settings.MEDIA_ROOT).save("looks/logo.png", ContentFile(b"a picture"))
    return make_backup(into=tmp_path / "backups", now=NOW)


def refusal(folder: Path, **how: object) -> str:
    with pytest.raises(BackupRefused) as caught:
        restore_backup(folder, now=LATER, **how)
    return str(caught.value)


def test_a_backup_is_named_by_its_moment_and_vouched_for(backup: Path) -> None:
    assert backup.name == "socle-2026-11-21T023000Z"
    assert sorted(path.name for path in backup.iterdir()) == ["database", "erased.jsonl", "manifest.json", "media.tar"]
    manifest = json.loads((backup / "manifest.json").read_text())
    assert manifest["rows"]["wagtailcore_site"] == 1
    assert manifest["files"]["database"]["bytes"] == (backup / "database").stat().st_size


def test_what_is_truncated_missing_or_changed_is_refused(backup: Path) -> None:
    for name in ("database", "media.tar", "manifest.json"):
        whole = (backup / name).read_bytes()
        (backup / name).write_bytes(whole[: len(whole) // 2])
        assert name in refusal(backup, over=True)
        (backup / name).write_bytes(whole[:-3] + b"x" + whole[-2:])
        assert name in refusal(backup, over=True)
        (backup / name).unlink()
        assert name in refusal(backup, over=True)
        (backup / name).write_bytes(whole)


def test_an_unfinished_backup_leaves_nothing(tmp_path: Path, settings, monkeypatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("kernel.backups.uploads.pack", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_database_that_is_not_empty_is_not_replaced_unasked(backup: Path) -> None:
    assert "--over" in refusal(backup)


def test_a_newer_version_another_database_and_a_backup_too_old_are_refused(backup: Path) -> None:
    old = NOW - timedelta(days=retention.days("erasures"))
    write(backup, created_at=old.isoformat())
    assert "older than what is remembered" in refusal(backup, over=True)
    write(backup, migrations=["kernel.9999_from_the_future"])
    assert "kernel.9999_from_the_future" in refusal(backup, over=True)
    write(backup, engine="oracle")
    assert "oracle" in refusal(backup, over=True)


def test_without_any_list_of_what_was_erased_nothing_is_restored(backup: Path, monkeypatch) -> None:
    monkeypatch.setattr("kernel.backups.restoring.engine", lambda: NoTable)
    shutil.rmtree(backup.parent.parent / "media")
    assert "nobody knows who was erased" in refusal(backup)


def test_old_backups_go_and_what_is_not_one_stays(backup: Path) -> None:
    folder = backup.parent
    (folder / "notes").mkdir()
    kept = NOW + timedelta(days=retention.days("backups"))
    assert forget_old(within=folder, now=kept) == []
    assert forget_old(within=folder, now=kept + timedelta(seconds=1)) == [backup]
    assert [path.name for path in folder.iterdir()] == ["notes"]


def test_an_archive_never_writes_elsewhere(tmp_path: Path) -> None:
    archive, target = tmp_path / "media.tar", tmp_path / "media"
    with tarfile.open(archive, "w") as tar:
        tar.addfile(tarfile.TarInfo("../outside"))
    target.mkdir()
    (target / "kept").touch()
    with pytest.raises(BackupRefused, match="outside"):
        unpack(archive, target)
    assert (target / "kept").exists()
    assert not (tmp_path / "outside").exists()


class NoTable:
    """An empty database."""

    @staticmethod
    def rows() -> dict[str, int]:
        return {}


def write(folder: Path, **changed: object) -> None:
    """Write the manifest again, sealed, with other values."""
    from kernel.backups.manifest import _seal

    path = folder / "manifest.json"
    fields = {**json.loads(path.read_text()), **changed}
    del fields["sha256"]
    path.write_text(json.dumps({**fields, "sha256": _seal(fields)}))
