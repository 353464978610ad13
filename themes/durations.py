"""How long something takes, as people say it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def duration(minutes: int) -> str:
    """Return whole minutes in words; in hours from 60 on."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
    said = _("%(hours)d h %(minutes)02d") if rest else _("%(hours)d h")
    return said % {"hours": hours, "minutes": rest}
