"""People of /cms/ and a small bank, as where items are written."""

from tests.question_bank.authoring.conftest import enter, loaded, one, people

__all__ = ["enter", "loaded", "one", "people"]
