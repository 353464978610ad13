from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "lms.assessments"

    def ready(self) -> None:
        """Listen to what happens and who signs in, and say what we keep of a person."""
        import_module("lms.assessments.handlers")
        import_module("lms.assessments.context")
        import_module("lms.assessments.simulation.job")
        import_module("lms.assessments.personal_data").register()
        import_module("lms.assessments.presence").register()
        import_module("lms.assessments.returning").register()
        import_module("lms.assessments.offers").register()
