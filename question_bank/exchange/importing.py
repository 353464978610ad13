"""From a file to drafts: shown first, written only when somebody confirms; at once, or by a job when there are many."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction

from kernel import audit, jobs
from kernel.models import Job
from question_bank.authoring.errors import NotAllowed
from question_bank.authoring.models import ItemDraft
from question_bank.authoring.writing import create_draft

from . import formats, uploads
from .notes import Note, Reading
from .preparing import Candidate, fingerprint, prepare

ADD: Final = "question_bank.add_itemdraft"
MANY: Final = 200  # more than this, a job writes them
BATCH: Final = 50
JOB: Final = "question_bank.import"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: the candidates, and what of the file is left out, each with its line."""

    reading: Reading
    candidates: tuple[Candidate, ...]
    left_out: tuple[Note, ...]

    @property
    def new(self) -> tuple[Candidate, ...]:
        """Those that would be written."""
        return tuple(one for one in self.candidates if one.is_new)

    @property
    def duplicates(self) -> tuple[Candidate, ...]:
        """Those that the bank, or the file above, already says."""
        return tuple(one for one in self.candidates if not one.is_new)


def preview(*, name: str, data: bytes, kind: str = "") -> Preview:
    """Return what importing a file would do; nothing is written. Raises notes.Refused."""
    reading = formats.read(name, data, kind)
    keys, said = _known()
    candidates, refused = prepare(reading.items, keys=keys, said=said)
    return Preview(reading, tuple(candidates), (*reading.left_out, *refused))


def _known() -> tuple[set[str], dict[str, str]]:
    """The keys of the bank, and what its items say."""
    drafts = ItemDraft.objects.order_by("pk").values_list("key", "content")
    said = {key: fingerprint(content) for key, content in drafts.iterator()}
    return set(said), {mark: key for key, mark in said.items()}


@transaction.atomic
def import_items(*, name: str, data: bytes, author: Any, now: datetime, kind: str = "") -> Preview:
    """Write what is new of a file as drafts, all or none; return what was done. Raises notes.Refused, NotAllowed."""
    ensure_may_import(author)
    found = preview(name=name, data=data, kind=kind)
    _write(found.new, author=author, now=now)
    _tell(name, found, author, now, written=len(found.new))
    return found


def ensure_may_import(author: Any) -> None:
    """Raise NotAllowed for whoever does not write items."""
    if not author.has_perm(ADD):
        raise NotAllowed()


def _write(candidates: Iterable[Candidate], *, author: Any, now: datetime) -> None:
    for one in candidates:
        create_draft(content=one.data, author=author, now=now)


def _tell(name: str, found: Preview, author: Any, now: datetime, *, written: int) -> None:
    details = {
        "file": name[:120],
        "format": found.reading.format,
        "written": written,
        "duplicates": len(found.duplicates),
        "left_out": len(found.left_out),
    }
    audit.record(actor_id=author.pk, action="items.imported", target="question_bank.ItemDraft", details=details, at=now)


def confirm(upload: uploads.Upload, *, author: Any, now: datetime) -> Preview | Job:
    """Import a file that waits: at once, or by a job when it is long. Raises notes.Refused, NotAllowed, UploadGone."""
    ensure_may_import(author)
    data = upload.data
    found = preview(name=upload.name, data=data, kind=upload.kind)
    uploads.claim(upload)
    try:
        if len(found.new) > MANY:
            return _enqueue(upload, len(found.new), author, now)
        done = import_items(name=upload.name, data=data, kind=upload.kind, author=author, now=now)
    except Exception:
        uploads.release(upload)
        raise
    uploads.drop(upload)
    return done


@transaction.atomic
def _enqueue(upload: uploads.Upload, count: int, author: Any, now: datetime) -> Job:
    payload = {"token": upload.token, "at": now.isoformat(), "count": count}
    return jobs.enqueue(JOB, payload, owner=author.pk)


@jobs.job(JOB)
def run_import(job: Job) -> None:
    """Write the drafts of a file that waits, a batch at a time; again after a dead worker, what is there is left."""
    author = get_user_model().objects.get(pk=job.owner or 0)
    upload = uploads.find(job.payload["token"], owner=author.pk)
    now = datetime.fromisoformat(job.payload["at"])
    ensure_may_import(author)
    found = preview(name=upload.name, data=upload.claimed_data, kind=upload.kind)
    _in_batches(found.new, author=author, now=now, report=lambda done: jobs.report_progress(job, done))
    with transaction.atomic():
        _tell(upload.name, found, author, now, written=job.payload["count"])
    uploads.drop(upload)


def _in_batches(
    candidates: tuple[Candidate, ...], *, author: Any, now: datetime, report: Callable[[int], None]
) -> None:
    for start in range(0, len(candidates), BATCH):
        with transaction.atomic():
            _write(candidates[start : start + BATCH], author=author, now=now)
        report(99 * (start + BATCH) // max(len(candidates), BATCH))
