"""The file of an import: kept in pieces until it is applied, given up, or a day has gone by."""

import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kernel import retention
from kernel.errors import Gone
from kernel.retention import purges

from . import opening
from .models import RosterImport, RosterPiece

KIND = "roster_files"
PIECE = 512 * 1024
IN_MEMORY = 2 * 1024 * 1024


class RosterFileGone(Gone):
    code = "roster_file_gone"
    default_sentence = _(
        "Ce fichier n’est plus là : il a été appliqué, abandonné, ou gardé un jour. Envoyez-le à nouveau."
    )


def keep(roster: RosterImport, file: BinaryIO) -> None:
    """Keep the content of `file`, a piece at a time."""
    file.seek(0)
    place = 0
    while data := file.read(PIECE):
        RosterPiece.objects.create(roster=roster, place=place, data=data)
        place += 1


def opened(roster: RosterImport) -> BinaryIO:
    """Return the file, on disk when it is long; whoever asks closes it. Raises RosterFileGone."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller's to close
    for data in _pieces(roster):
        file.write(data)
    if not file.tell():
        file.close()
        raise RosterFileGone
    file.seek(0)
    return file  # type: ignore[return-value]


def wipe(roster: RosterImport) -> None:
    """Remove the file and all that is said of people."""
    roster.pieces.all().delete()
    roster.said, roster.decisions, roster.digest = {}, {}, ""


def _pieces(roster: RosterImport) -> Iterable[bytes]:
    rows = RosterPiece.objects.filter(roster=roster).order_by("place")
    return (bytes(data) for data in rows.values_list("data", flat=True).iterator(chunk_size=4))


@purges(KIND)
def purge_files(before: datetime) -> int:
    """Remove the files kept since before a date and what they say of people; return how many imports that was.

    One whose job never ended goes too: it can be sent again. Of those applied, the lines left out are forgotten.
    """
    over = (RosterImport.State.APPLIED, RosterImport.State.ABANDONED, RosterImport.State.EXPIRED)
    old = list(RosterImport.objects.filter(created_at__lt=before).exclude(state__in=over).order_by("pk"))
    for roster in old:
        _expire(roster, before + timedelta(days=retention.days(KIND)))
    told = RosterImport.objects.filter(state=RosterImport.State.APPLIED, ended_at__lt=before).exclude(said={})
    return len(old) + told.update(said={})


@transaction.atomic
def _expire(roster: RosterImport, now: datetime) -> None:
    wipe(roster)
    roster.state = RosterImport.State.EXPIRED
    roster.save(update_fields=["state", "said", "decisions", "digest"])
    opening.take_back(roster, actor_id=None, now=now)
