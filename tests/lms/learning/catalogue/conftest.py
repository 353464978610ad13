"""The catalogue with the module of the documentation, in both languages, and a journey."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from lms.learning.services.loading import load_content
from tests.lms.learning.modulefiles.folders import journey_file, module_folder


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The folder that the catalogue was loaded from."""
    root = tmp_path / "content"
    module_folder(root)
    journey_file(root)
    return root


@pytest.fixture
def framework(db: None) -> None:
    """Put the real framework in the database; items are not asked here."""
    call_command("load_framework", stdout=StringIO())


@pytest.fixture
def catalogue(framework: None, files: Path) -> Path:
    """Load it."""
    load_content(path=files)
    return files
