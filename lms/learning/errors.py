"""What learning refuses, and what it says then."""


class ModuleFilesRefused(Exception):
    """The files break a rule; nothing was written. `problems`: one `file:line: sentence` each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
