from importlib import import_module

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "lms.learning"

    def ready(self) -> None:
        """Note what staff publishes and withdraws, listen to what happens, say what is kept of a person."""
        import_module("lms.learning.handlers")
        import_module("lms.learning.checks").register()
        import_module("lms.learning.path").register()
        import_module("lms.learning.progress.handlers")
        import_module("lms.learning.progress.people").register()
        import_module("lms.learning.review.handlers")
        import_module("lms.learning.review.personal_data").register()
        import_module("lms.learning.presence").register()
        import_module("lms.learning.review.purging")
