"""Why a statement is not kept."""


class StatementRefused(ValueError):
    """A statement of ours breaks a rule of xAPI 1.0.3, or of docs/xapi-profile.md: `problems` says where."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
