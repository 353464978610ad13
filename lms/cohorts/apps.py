from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CohortsConfig(AppConfig):
    name = "lms.cohorts"

    def ready(self) -> None:
        """Tell themes whose look a person sees and changes, accounts what is kept of them, the worker its jobs."""
        import_module("lms.cohorts.context")
        import_module("lms.accounts.api").register_staff(import_module("lms.cohorts.roles").is_staff)
        import_module("lms.cohorts.personal_data").register()
        import_module("lms.cohorts.presence").register()
        import_module("lms.cohorts.purges")
        import_module("lms.cohorts.invitations.purging")
        import_module("lms.cohorts.returning").register()
        import_module("lms.cohorts.adjustments.personal_data").register()
        import_module("lms.cohorts.claiming.personal_data").register()
        connection_created.connect(import_module("lms.cohorts.searching").give_bare, dispatch_uid="lms.cohorts.bare")
        for room in ("rosters.previewing", "rosters.applying", "rosters.files", "claiming.letters", "claiming.tries"):
            import_module(f"lms.cohorts.{room}")
