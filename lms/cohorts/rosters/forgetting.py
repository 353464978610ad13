"""Somebody leaves: the lists that still wait in their institutions, and speak of them, are to be sent again."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Q

from . import files, opening
from .models import RosterImport

SHORTEST = 5  # letters: a shorter number would be found anywhere


def forget(*, institutions: Collection[int], names: Collection[str], now: datetime) -> None:
    """Wipe what is kept of the lists of these institutions that say a name; one being written is left to end."""
    said = {plain(name) for name in names if len(name) >= SHORTEST}
    kept = RosterImport.objects.filter(Q(pieces__isnull=False) | ~Q(said={}), cohort__institution_id__in=institutions)
    waiting = kept.exclude(state=RosterImport.State.APPLYING).order_by("pk").distinct()
    for pk in list(waiting.values_list("pk", flat=True)):
        roster = RosterImport.objects.get(pk=pk)
        if any(f" {name} " in text for text in _texts(roster) for name in said):
            _wipe(roster, now)


def plain(text: str) -> str:
    """Return a text as small words with one space between: what separates cells and tags of a file says nothing."""
    return re.sub(r"[\W_]+", " ", re.sub(r"<[^>]*>", " ", text).casefold()).strip()


def _wipe(roster: RosterImport, now: datetime) -> None:
    files.wipe(roster)
    if roster.state != RosterImport.State.APPLIED:
        roster.state = RosterImport.State.EXPIRED
    roster.save(update_fields=["state", "said", "decisions", "digest"])
    if roster.state == RosterImport.State.EXPIRED:
        opening.take_back(roster, actor_id=None, now=now)


def _texts(roster: RosterImport) -> Iterator[str]:
    yield f" {plain(str(roster.said))} "
    if not roster.pieces.exists():
        return
    with files.opened(roster) as file:
        for data in _parts(file.read()):
            for encoding in ("utf-8", "cp1252"):
                yield f" {plain(data.decode(encoding, 'ignore'))} "


def _parts(data: bytes) -> Iterator[bytes]:
    """A workbook is an archive of XML; anything else is text."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
