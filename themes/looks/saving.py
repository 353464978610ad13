"""Writing a look, and who did it: colours that cannot be read are refused; every change is noted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kernel import audit
from themes.models import Look

from .checking import Refused, checked_brand, checked_home, checked_hosts, checked_wash
from .logos import Logo

WORDS = ("name", "contact", "website", "welcome", "welcome_en")
NOTED = (*WORDS, "brand", "wash", "home_path", "hosts", "logo_digest")


@dataclass(frozen=True)
class Wishes:
    """What is asked of a look. Colours as they were typed; without a `logo`, the one there is stays."""

    name: str
    brand: str
    wash: str = ""
    contact: str = ""
    website: str = ""
    home_path: str = ""
    welcome: str = ""
    welcome_en: str = ""
    hosts: tuple[str, ...] = ()
    logo: Logo | None = None
    is_logo_removed: bool = False


@transaction.atomic
def save_look(*, key: str, wishes: Wishes, actor_id: int | None, now: datetime) -> Look:
    """Write the look `key`, with an audit entry when something changed. Raises Refused for the first value it finds."""
    look = Look.objects.select_for_update().filter(key=key).first() or Look(key=key)
    before = _told(look) if look.pk else {}
    _fill(look, wishes)
    changed = {name: value for name, value in _told(look).items() if before.get(name) != value}
    if changed:
        look.save()
        audit.record(actor_id=actor_id, action="look_saved", target=look, details={"key": key, **changed}, at=now)
    return look


@transaction.atomic
def delete_look(*, look: Look, actor_id: int | None, now: datetime) -> None:
    """Remove a look, with an audit entry: the pages that wore it wear ours again."""
    audit.record(actor_id=actor_id, action="look_deleted", target=look, details={"key": look.key}, at=now)
    look.delete()


def _fill(look: Look, wishes: Wishes) -> None:
    look.brand = checked_brand(wishes.brand)
    look.wash = checked_wash(wishes.wash, look.brand)
    look.home_path = checked_home(wishes.home_path)
    look.hosts = checked_hosts(wishes.hosts, look.key)
    for name in WORDS:
        setattr(look, name, getattr(wishes, name).strip())
    if not look.name:
        raise Refused(_("Donnez le nom de la maison, tel qu’on le lira en haut de chaque page."), field="name")
    _wear(look, wishes)


def _wear(look: Look, wishes: Wishes) -> None:
    """Take the new logo, or none."""
    if wishes.logo:
        look.logo, look.logo_digest = wishes.logo.png, wishes.logo.digest
        look.logo_width, look.logo_height = wishes.logo.width, wishes.logo.height
    elif wishes.is_logo_removed:
        look.logo, look.logo_digest, look.logo_width, look.logo_height = None, "", 0, 0


def _told(look: Look) -> dict[str, Any]:
    return {name: getattr(look, name) for name in NOTED}
