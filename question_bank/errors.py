"""What the bank refuses, and what it says then."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid, NotFound


class InvalidAnswer(Invalid):
    """An answer that is not one: `field` says where, `sentence` says to the person what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence, field=field)


class InvalidReport(Invalid):
    """A report of an error that cannot be kept as it is."""


class NoRelease(NotFound):
    """No release of the bank has been published yet."""

    default_sentence = _("Aucune situation n’est encore publiée.")


class ItemVersionIsImmutable(Exception):
    """Somebody tried to change a version: what was answered must stay what was asked."""


class ItemFilesRefused(Exception):
    """The files break a rule; nothing was written. `problems`: one `file:line: sentence` each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
