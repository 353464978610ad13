"""The ground floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "kernel"
    verbose_name = _("Fondations")

    def ready(self) -> None:
        """Register what removes the kernel's own rows when their time is over."""
        from . import purges  # noqa: F401
