from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from django.db import connections
from django.db.models.signals import post_migrate


class WallsConfig(AppConfig):
    name = "lms.walls"

    def ready(self) -> None:
        """Build the walls after each migrate, and check that the table forgets nothing."""
        post_migrate.connect(build, sender=self, dispatch_uid="lms.walls.build")
        register(check_table)


def build(using: str, verbosity: int = 1, **kwargs: Any) -> None:
    """Make the walls of the default database what the table says, where they are wanted."""
    if settings.ROW_SECURITY and using == "default" and connections[using].vendor == "postgresql":
        changed = import_module("lms.walls.applying").apply()
        if verbosity and changed:
            print(f"row security: {len(changed)} tables")  # noqa: T201 - beside what migrate itself says


def check_table(**kwargs: Any) -> list[Error]:
    """Refuse to start when a table that names somebody has neither a wall nor a reason."""
    problems = import_module("lms.walls.guarding").problems()
    return [Error(problem, id="walls.E001") for problem in problems]
