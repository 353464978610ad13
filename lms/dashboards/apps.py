from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "lms.dashboards"

    def ready(self) -> None:
        """Follow what happens to people, and say what figures keep of them."""
        import_module("lms.dashboards.handlers")
        import_module("lms.dashboards.snapshots.tasks")
        import_module("lms.dashboards.rollups.leaving").register()
        import_module("lms.dashboards.telling").register()
