"""The ground floor."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "kernel"
    verbose_name = _("Fondations")

    def ready(self) -> None:
        """Register what removes the kernel's own rows when their time is over; a request begins as nobody's."""
        from . import actors, purges  # noqa: F401

        request_started.connect(actors.begin, dispatch_uid="kernel.actors.begin")
        request_finished.connect(actors.end, dispatch_uid="kernel.actors.end")
