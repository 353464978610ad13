from importlib import import_module

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "lms.learning"

    def ready(self) -> None:
        """Note what staff publishes and withdraws."""
        import_module("lms.learning.handlers")
