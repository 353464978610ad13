"""Situations of the bank inside a step: practice, outside any attempt."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from .base import TEMPLATES, FixedCharBlock


class BankBlock(FixedCharBlock):
    """An item of the bank, named by its key; the field offers the published ones with their titles."""

    LIST: ClassVar = ""  # the id of the <datalist> that the page of /cms/ carries (lms.learning.wagtail_hooks)
    IS_PLAYED: ClassVar = False

    def __init__(self, **kwargs: Any) -> None:
        sentence = _("Tapez un mot de la situation, puis choisissez : sa clé s’inscrit, et ce qu’elle est au-dessous.")
        super().__init__(**{"max_length": 100, "help_text": sentence, **kwargs})
        self.field.widget.attrs |= {"list": self.LIST, "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """Refuse what the bank does not serve, or serves as the other kind."""
        from lms.learning.gates import served_items

        key = str(super().clean(value)).strip()
        entry = served_items().get(key)
        if entry is None:
            raise ValidationError(now_("La situation « %(key)s » n’existe pas, ou n’est pas publiée.") % {"key": key})
        if (entry.interaction == "simulation") != self.IS_PLAYED:
            raise ValidationError(now_("Une simulation va dans un bloc Simulation, les autres situations non."))
        return key


class ItemBlock(BankBlock):
    """A situation to decide."""

    LIST = "bank-items"

    class Meta:
        label, icon, template = _("Situation à décider"), "form", f"{TEMPLATES}practice.html"
        label_format = "{value}"


class SimulationBlock(BankBlock):
    """A simulation to play."""

    LIST = "bank-simulations"
    IS_PLAYED = True

    class Meta:
        label, icon, template = _("Simulation"), "desktop", f"{TEMPLATES}practice.html"
        label_format = "{value}"
