from importlib import import_module

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "lms.cohorts"

    def ready(self) -> None:
        """Tell themes whose look a person sees and changes, accounts what is kept of them, the worker its jobs."""
        import_module("lms.cohorts.context")
        import_module("lms.cohorts.personal_data").register()
        import_module("lms.cohorts.invitations.purging")
        import_module("lms.cohorts.adjustments.personal_data").register()
        import_module("lms.cohorts.claiming.personal_data").register()
        for room in ("rosters.applying", "rosters.files", "claiming.letters", "claiming.tries"):
            import_module(f"lms.cohorts.{room}")
