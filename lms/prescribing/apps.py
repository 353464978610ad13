from importlib import import_module

from django.apps import AppConfig


class PrescribingConfig(AppConfig):
    name = "lms.prescribing"

    def ready(self) -> None:
        """Listen to what happens, register the jobs, and say what is kept of a person."""
        import_module("lms.prescribing.handlers")
        import_module("lms.prescribing.settling")
        import_module("lms.prescribing.reminding")
        import_module("lms.prescribing.personal_data").register()
        import_module("lms.cohorts.api").register_elsewhere(import_module("lms.prescribing.joining").address_of)
