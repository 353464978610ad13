from django.apps import AppConfig


class QuestionBankConfig(AppConfig):
    name = "question_bank"

    def ready(self) -> None:
        """Register the job that imports, and what removes the files nobody confirmed."""
        from .exchange import importing, uploads  # noqa: F401
