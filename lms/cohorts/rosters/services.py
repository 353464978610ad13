"""An import from the file to its confirmation: sent, its columns named, its doubts decided, confirmed or given up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel import audit, jobs
from kernel.errors import Conflict, Invalid, NotFound

from ..access import NOT_YOURS
from ..models import Cohort
from ..types import Access
from . import files, layouts
from .checking import Checked, check
from .layouts import Header
from .limits import MAX_KEPT_ERRORS, SHOWN
from .models import RosterImport, RosterLayout
from .planning import CHANGED, SAME, Line, Plan, plan
from .reading import read
from .reconciling import NEW, SKIP, WHY, Doubt
from .table import Table

JOB = "cohorts.apply_roster"
State = RosterImport.State
MOST_DOUBTS = 500


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
        "Désignez au moins le nom, le prénom, et le numéro étudiant ou l’adresse électronique ; "
        "une colonne ne sert qu’une fois."
    )


def ensure_coordinates(access: Access, cohort: Cohort) -> None:
    """Raise NotFound for whoever does not coordinate the cohort’s institution, or the one it is attached to."""
    if not access.coordinates(cohort.institution):
        raise NotFound(NOT_YOURS)


@transaction.atomic
def begin(*, access: Access, cohort: Cohort, mode: str, file: BinaryIO, name: str, now: datetime) -> RosterImport:
    """Keep a file and say what it would do, or ask which column says what. Raises FileRefused, CohortClosed."""
    ensure_coordinates(access, cohort)
    if cohort.closed_at is not None:
        raise CohortClosed
    table = read(file)
    header = layouts.find_header(table)
    roster = RosterImport.objects.create(
        cohort=cohort,
        mode=mode,
        state=State.MAPPING,
        file_name=name[-120:],
        file_kind=table.kind,
        header={"line": header.line, "labels": header.labels},
        mapping=_known_mapping(cohort, header),
        created_by_id=access.user_id,
        created_at=now,
    )
    files.keep(roster, file)
    _record("begun", roster, access, now)
    if _is_settled(cohort, header, roster.mapping):
        compute(roster, table, now=now)
    return roster


@transaction.atomic
def name_columns(*, roster: RosterImport, mapping: Mapping[str, int], access: Access, now: datetime) -> RosterImport:
    """Say which column says what, remember it, and compute. Raises MappingIncomplete, FileRefused."""
    roster = _open(roster)
    header = header_of(roster)
    _ensure_complete(mapping, header)
    roster.mapping, roster.decisions = dict(mapping), {}
    RosterLayout.objects.update_or_create(
        institution_id=roster.cohort.institution_id,
        fingerprint=header.fingerprint,
        defaults={"mapping": roster.mapping, "chosen_by_id": access.user_id, "chosen_at": now},
    )
    with files.opened(roster) as file:
        compute(roster, read(file), now=now)
    return roster


@transaction.atomic
def decide(*, roster: RosterImport, decisions: Mapping[int, str], now: datetime) -> RosterImport:
    """Keep what was decided of doubtful lines, and compute again."""
    roster = _open(roster)
    allowed = {str(doubt["line"]): _choices(doubt) for doubt in roster.said.get("doubts", [])}
    said = {str(line): choice for line, choice in decisions.items() if choice in allowed.get(str(line), ())}
    roster.decisions = {**roster.decisions, **said}
    return _again(roster, now)


@transaction.atomic
def reconsider(*, roster: RosterImport, now: datetime) -> RosterImport:
    """Forget what was decided: every doubt is asked again."""
    roster = _open(roster)
    roster.decisions = {}
    return _again(roster, now)


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
def abandon(*, roster: RosterImport, access: Access, now: datetime) -> None:
    """Give an import up: its file is removed; nothing was written."""
    roster = _open(roster)
    files.wipe(roster)
    roster.state, roster.ended_at = State.ABANDONED, now
    roster.save()
    _record("abandoned", roster, access, now)


def compute(roster: RosterImport, table: Table, *, now: datetime) -> None:
    """Check, reconcile, and keep what the screens show."""
    checked = checked_of(roster, table, now=now)
    show(roster, checked, planned(roster, checked))


def checked_of(roster: RosterImport, table: Table, *, now: datetime, tell: Any = None) -> Checked:
    """Return the entries of the file and what is wrong with it."""
    return check(
        table,
        header_of(roster),
        roster.mapping,
        today=timezone.localdate(now),
        keeps_birth_date=roster.cohort.institution.asks_birth_date,
        tell=tell or (lambda lines: None),
    )


def planned(roster: RosterImport, checked: Checked) -> Plan:
    """Return what the entries would change now."""
    decisions = {int(line): choice for line, choice in roster.decisions.items()}
    return plan(checked, cohort=roster.cohort, is_replacing=roster.is_replacing, decisions=decisions)


def show(roster: RosterImport, checked: Checked, found: Plan) -> None:
    """Keep a plan for the screens."""
    roster.state, roster.counts, roster.digest = State.READY, found.counts, found.digest
    roster.said = {
        "lines": [_line(line.entry, line.kind, line.facts) for line in _shown(found)],
        "errors": [note.as_json() for note in checked.errors[:MAX_KEPT_ERRORS]],
        "remarks": [note.as_json() for note in checked.remarks[:MAX_KEPT_ERRORS]],
        "doubts": [_doubt(doubt) for doubt in found.doubts[:MOST_DOUBTS]],
    }
    roster.save()


def _shown(found: Plan) -> list[Line]:
    """Return the first lines, those that change something before those that do not."""
    return sorted(found.lines, key=lambda line: line.kind == SAME)[:SHOWN]


def header_of(roster: RosterImport) -> Header:
    """Return the line that names the columns."""
    return Header(roster.header["line"], tuple(roster.header["labels"]))


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


def _known_mapping(cohort: Cohort, header: Header) -> dict[str, int]:
    rows = RosterLayout.objects.filter(institution_id=cohort.institution_id, fingerprint=header.fingerprint)
    known = rows.order_by("pk").values_list("mapping", flat=True).first()
    return known if known is not None else layouts.guess(header.labels)


def _is_settled(cohort: Cohort, header: Header, mapping: Mapping[str, int]) -> bool:
    """Say whether nobody needs to be asked: the thirteen columns, or a layout that the institution chose before."""
    if not layouts.is_complete(mapping):
        return False
    rows = RosterLayout.objects.filter(institution_id=cohort.institution_id, fingerprint=header.fingerprint)
    return header.is_pix_orga or rows.exists()


def _ensure_complete(mapping: Mapping[str, int], header: Header) -> None:
    places = list(mapping.values())
    is_sound = len(set(places)) == len(places) and all(0 <= place < len(header.labels) for place in places)
    if not (is_sound and layouts.is_complete(mapping) and set(mapping) <= set(layouts.FIELDS)):
        raise MappingIncomplete


def _again(roster: RosterImport, now: datetime) -> RosterImport:
    with files.opened(roster) as file:
        compute(roster, read(file), now=now)
    return roster


def _open(roster: RosterImport) -> RosterImport:
    roster = _locked(roster)
    if not roster.is_open:
        raise RosterNotOpen
    return roster


def _locked(roster: RosterImport) -> RosterImport:
    rows = RosterImport.objects.select_for_update(of=("self",)).select_related("cohort__institution")
    return rows.get(pk=roster.pk)


def _line(entry: Any, kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    names = (entry.first_name, entry.other_names, entry.last_name, entry.usage_name)
    return {
        "line": entry.line,
        "kind": kind,
        "number": entry.student_number,
        "first": " ".join(part for part in names[:2] if part),
        "last": names[2],
        "usage": names[3],
        "email": entry.email,
        "group": entry.group,
        "changed": [name for name in facts if kind == CHANGED],
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    candidates = [
        {"uuid": str(one.uuid), "name": f"{one.first_name} {one.last_name}", "usage": one.usage_name,
         "number": one.student_number, "email": one.email, "has_account": one.user_id is not None}
        for one in doubt.candidates
    ]  # fmt: skip
    said = {**_line(doubt.entry, "doubt", {}), "why": WHY[doubt.why], "candidates": candidates}
    return {**said, "may_be_new": doubt.may_be_new}


def _choices(doubt: Mapping[str, Any]) -> tuple[str, ...]:
    known = tuple(one["uuid"] for one in doubt["candidates"])
    return (*known, SKIP, *((NEW,) if doubt["may_be_new"] else ()))


def _record(action: str, roster: RosterImport, access: Access, now: datetime) -> None:
    details = {"cohort": str(roster.cohort.uuid), "mode": roster.mode, "file": roster.file_name, **roster.counts}
    audit.record(actor_id=access.user_id, action=f"roster.{action}", target=roster, details=details, at=now)
