"""Every address, every role, on one's own, another's and nobody's, read and written: 404 outside one's own."""

import logging
from collections.abc import Iterator

import pytest

from tests.architecture.access.asking import Browsers, answered, cells, expected
from tests.architecture.access.objects import Objects
from tests.architecture.access.routes import routes
from tests.architecture.access.table import LINES
from tests.lms.walls.country import Country

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SITE = {name: route for name, route in routes().items() if not route.path.startswith("/cms/")}


@pytest.fixture(scope="module")
def objects(written: Country) -> Objects:
    """One of each thing, in each house."""
    return Objects(written)


@pytest.fixture(scope="module")
def browsers(written: Country) -> Iterator[Browsers]:
    """Everybody, signed in; thousands of refusals are not news."""
    logging.disable(logging.WARNING)
    yield Browsers(written)
    logging.disable(logging.NOTSET)


def test_the_table_is_that_of_the_site() -> None:
    """A new address is a decision: it gets its line."""
    assert set(SITE) == set(LINES)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert sum(len(list(cells(name, SITE[name], line))) for name, line in LINES.items() if name in SITE) > 3000


def test_a_public_line_is_public_by_decorator() -> None:
    for name, route in SITE.items():
        if LINES[name].is_public:
            assert route.is_public or name in ("/documents/^(\\d+)/(.*)$",), name


@pytest.mark.parametrize("name", sorted(LINES))
def test_every_cell(name: str, objects: Objects, browsers: Browsers) -> None:
    route, line = SITE[name], LINES[name]
    found = {cell: answered(browsers, objects, route, cell) for cell in cells(name, route, line)}
    assert found == {cell: expected(route, line, cell) for cell in found}
