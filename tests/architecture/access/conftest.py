"""The country of the walls, with one browser for each role."""

from tests.lms.walls.conftest import written

__all__ = ["written"]
