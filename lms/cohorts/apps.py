from importlib import import_module

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "lms.cohorts"

    def ready(self) -> None:
        """Tell themes whose look a person sees, and whose they may change."""
        import_module("lms.cohorts.context")
