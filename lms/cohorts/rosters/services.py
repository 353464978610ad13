"""An import from the file to its confirmation: sent, its columns named, its doubts decided, confirmed or given up."""

from collections.abc import Mapping
from datetime import datetime
from io import SEEK_END
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kernel import audit, jobs
from kernel.errors import Conflict, Invalid, NotFound

from ..access import NOT_YOURS
from ..models import Cohort
from ..types import Access
from . import files, layouts, opening, previewing
from .layouts import Header
from .limits import MAX_BYTES
from .models import RosterImport, RosterLayout
from .reading import read
from .reconciling import NEW, SKIP

JOB = "cohorts.apply_roster"
State = RosterImport.State


class RosterNotOpen(Conflict):
    code = "roster_not_open"
    default_sentence = _("Cet import est déjà confirmé, abandonné ou expiré.")


class RosterNotReady(Conflict):
    code = "roster_not_ready"


class CohortClosed(Conflict):
    code = "cohort_closed"
    default_sentence = _("Cette cohorte est close : rouvrez-la pour y inscrire quelqu’un.")


class MappingIncomplete(Invalid):
    code = "mapping_incomplete"
    default_sentence = _(
        "Désignez au moins le nom, le prénom, et le numéro étudiant ou l’adresse e-mail ; "
        "une colonne ne sert qu’une fois."
    )


def ensure_coordinates(access: Access, cohort: Cohort) -> None:
    """Raise NotFound for whoever does not coordinate the cohort’s institution, or the one it is attached to."""
    if not access.coordinates(cohort.institution):
        raise NotFound(NOT_YOURS)


@transaction.atomic
def begin(
    *,
    access: Access,
    cohort: Cohort,
    mode: str,
    file: BinaryIO,
    name: str,
    now: datetime,
    opens_cohort: bool = False,
) -> RosterImport:
    """Keep a file and say what it would do, or ask which column says what; a long one is read by a job.

    `opens_cohort`: the cohort was made for it. Raises FileRefused, CohortClosed.
    """
    ensure_coordinates(access, cohort)
    if cohort.closed_at is not None:
        raise CohortClosed
    size = file.seek(0, SEEK_END)
    if size > MAX_BYTES or not size:
        read(file)  # says why
    roster = RosterImport.objects.create(
        cohort=cohort,
        opens_cohort=opens_cohort,
        mode=mode,
        state=State.READING,
        file_name=name[-120:],
        file_size=size,
        created_by_id=access.user_id,
        created_at=now,
    )
    files.keep(roster, file)
    _record("begun", roster, access, now)
    previewing.begin(roster, owner=access.user_id, now=now)
    return roster


@transaction.atomic
def name_columns(*, roster: RosterImport, mapping: Mapping[str, int], access: Access, now: datetime) -> RosterImport:
    """Say which column says what, remember it, and compute. Raises MappingIncomplete, FileRefused."""
    roster = _open(roster)
    header = previewing.header_of(roster)
    _ensure_complete(mapping, header)
    roster.mapping, roster.decisions = dict(mapping), {}
    RosterLayout.objects.update_or_create(
        institution_id=roster.cohort.institution_id,
        fingerprint=header.fingerprint,
        defaults={"mapping": roster.mapping, "chosen_by_id": access.user_id, "chosen_at": now},
    )
    previewing.begin(roster, owner=access.user_id, now=now)
    return roster


@transaction.atomic
def decide(*, roster: RosterImport, decisions: Mapping[int, str], access: Access, now: datetime) -> RosterImport:
    """Keep what was decided of doubtful lines, and compute again."""
    roster = _open(roster)
    allowed = {str(doubt["line"]): _choices(doubt) for doubt in roster.said.get("doubts", [])}
    said = {str(line): choice for line, choice in decisions.items() if choice in allowed.get(str(line), ())}
    roster.decisions = {**roster.decisions, **said}
    previewing.begin(roster, owner=access.user_id, now=now)
    return roster


@transaction.atomic
def reconsider(*, roster: RosterImport, access: Access, now: datetime) -> RosterImport:
    """Forget what was decided: every doubt is asked again."""
    roster = _open(roster)
    roster.decisions = {}
    previewing.begin(roster, owner=access.user_id, now=now)
    return roster


@transaction.atomic
def confirm(*, roster: RosterImport, digest: str, access: Access, now: datetime) -> RosterImport:
    """Have what was shown applied by a job; clicking twice starts one. Raises RosterNotOpen or RosterNotReady."""
    roster = _locked(roster)
    if roster.state == State.APPLYING:
        return roster
    _ensure_ready(roster, digest)
    job = jobs.enqueue(JOB, {"roster": roster.pk}, owner=access.user_id)
    roster.state, roster.job, roster.is_recomputed = State.APPLYING, job.uuid, False
    roster.confirmed_by_id, roster.confirmed_at = access.user_id, now
    roster.save()
    _record("confirmed", roster, access, now)
    return roster


@transaction.atomic
def abandon(*, roster: RosterImport, access: Access, now: datetime) -> bool:
    """Give an import up: its file is removed, nothing was written; return whether the cohort made for it goes too."""
    roster = _locked(roster)
    if not roster.may_be_given_up:
        raise RosterNotOpen
    files.wipe(roster)
    roster.state, roster.ended_at = State.ABANDONED, now
    roster.save()
    _record("abandoned", roster, access, now)
    return opening.take_back(roster, actor_id=access.user_id, now=now)


def blocking(roster: RosterImport) -> str:
    """Return why it cannot be confirmed yet, or nothing."""
    counts = roster.counts
    if roster.cohort.closed_at is not None:
        return CohortClosed().sentence
    if counts["doubts"]:
        return str(_("Il reste des doutes à trancher."))
    if roster.is_replacing and counts["wrong"]:
        return str(
            _("Pour remplacer, chaque ligne doit être lisible : sinon, ceux dont la ligne est fausse sortiraient.")
        )
    if not any(counts[kind] for kind in ("new", "placed", "changed", "leaving")):
        if counts["wrong"]:
            return str(_("Rien ne change : aucune ligne lisible ne dit quelque chose de neuf."))
        return str(_("Rien ne change : tout ce que dit ce fichier est déjà là."))
    return ""


def _ensure_ready(roster: RosterImport, digest: str) -> None:
    if roster.state != State.READY:
        raise RosterNotOpen
    if reason := blocking(roster):
        raise RosterNotReady(reason)
    if digest != roster.digest:
        raise RosterNotReady(
            _("L’aperçu a été recalculé depuis que cette page est affichée. Relisez-le, puis confirmez.")
        )


def _ensure_complete(mapping: Mapping[str, int], header: Header) -> None:
    places = list(mapping.values())
    is_sound = len(set(places)) == len(places) and all(0 <= place < len(header.labels) for place in places)
    if not (is_sound and layouts.is_complete(mapping) and set(mapping) <= set(layouts.FIELDS)):
        raise MappingIncomplete


def _open(roster: RosterImport) -> RosterImport:
    roster = _locked(roster)
    if not roster.is_open:
        raise RosterNotOpen
    return roster


def _locked(roster: RosterImport) -> RosterImport:
    rows = RosterImport.objects.select_for_update(of=("self",)).select_related("cohort__institution")
    return rows.get(pk=roster.pk)


def _choices(doubt: Mapping[str, Any]) -> tuple[str, ...]:
    known = tuple(one["uuid"] for one in doubt["candidates"])
    return (*known, SKIP, *((NEW,) if doubt["may_be_new"] else ()))


def _record(action: str, roster: RosterImport, access: Access, now: datetime) -> None:
    details = {"cohort": str(roster.cohort.uuid), "mode": roster.mode, "file": roster.file_name, **roster.counts}
    audit.record(actor_id=access.user_id, action=f"roster.{action}", target=roster, details=details, at=now)
