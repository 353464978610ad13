from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "lms.records"

    def ready(self) -> None:
        """Listen to what happens, and say what we keep of a person."""
        import_module("lms.records.handlers")
        import_module("lms.records.personal_data").register()
