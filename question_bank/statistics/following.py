"""What becomes of a report: an author or a reviewer decides, and says so to whoever reported."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kernel import audit
from question_bank.errors import InvalidReport
from question_bank.models import ItemReport, ReportStatus

MOST_CHARACTERS = 1000
DECISIONS = (ReportStatus.CONFIRMED, ReportStatus.DISMISSED, ReportStatus.FIXED)


@transaction.atomic
def settle_report(*, report: UUID, status: str, reply: str, actor_id: int, now: datetime) -> ItemReport:
    """Write what was decided of a report, and the sentence its reporter will read. Raises InvalidReport.

    A decision can be changed (confirmed, then fixed); each one is in the audit.
    """
    reply = reply.strip()
    if status not in DECISIONS:
        raise InvalidReport(_("Choisissez ce que devient ce signalement."), field="status")
    if not reply:
        raise InvalidReport(_("Dites en une phrase ce qui a été décidé : la personne la lira."), field="reply")
    if len(reply) > MOST_CHARACTERS or "\x00" in reply:
        raise InvalidReport(_("Cette réponse est trop longue."), field="reply")
    row = ItemReport.objects.select_for_update(of=("self",)).filter(uuid=report).first()
    if row is None:
        raise InvalidReport(_("Ce signalement n’existe plus."), field="status")
    before, row.status, row.reply = row.status, status, reply
    row.handled_at, row.handled_by_id = now, actor_id
    row.save(update_fields=["status", "reply", "handled_at", "handled_by_id"])
    audit.record(
        actor_id=actor_id, action="bank.report_settled", target=row, details={"from": before, "to": status}, at=now
    )
    return row
