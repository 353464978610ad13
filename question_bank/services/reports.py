"""“Signaler une erreur”."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kernel.events import publish
from question_bank.errors import InvalidReport
from question_bank.events import ItemReported
from question_bank.models import ItemReport, ItemVersion

MOST_CHARACTERS = 2000
MOST_REPORTS = 3  # of one item from one attempt


@transaction.atomic
def report_item(
    *,
    item_version_id: int,
    text: str,
    at: datetime,
    attempt: UUID | str | None = None,
    reporter_id: int | None = None,
) -> UUID:
    """Keep what somebody says is wrong with an item and return the report's uuid. Raises InvalidReport."""
    if attempt and ItemReport.objects.filter(attempt=attempt, item_version_id=item_version_id).count() >= MOST_REPORTS:
        raise InvalidReport(_("Vous avez déjà signalé cette situation ; votre message est bien arrivé."), field="text")
    version = ItemVersion.objects.select_related("item").defer("content").get(pk=item_version_id)
    report = ItemReport.objects.create(
        item_version=version, text=_kept(text), attempt=attempt, reporter_id=reporter_id, created_at=at
    )
    publish(ItemReported(aggregate=version.item.uuid, at=at, key=version.item.key, report=report.uuid))
    return report.uuid


def _kept(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidReport(_("Dites en quelques mots ce qui ne va pas."), field="text")
    if len(text) > MOST_CHARACTERS:
        raise InvalidReport(
            _("Votre message est trop long : %(most)d caractères au plus.") % {"most": MOST_CHARACTERS}, field="text"
        )
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidReport(_("Votre message contient un caractère qui ne peut pas être enregistré."), field="text")
    return text


def forget_reporter(*, attempt: UUID | str | None = None, reporter_id: int | None = None) -> None:
    """Keep what was reported, forget who did: when a person or an attempt is erased."""
    if attempt is not None:
        ItemReport.objects.filter(attempt=attempt).update(attempt=None)
    if reporter_id is not None:
        ItemReport.objects.filter(reporter_id=reporter_id).update(reporter_id=None)
