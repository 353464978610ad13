"""The draws of a test are its own and the same in every run: what fails here fails for whoever looks into it.

Items are drawn from the secret of an attempt: a test would meet others in each run, and fail one day in a hundred.
`SOCLE_TEST_LUCK=7 ./test` gives other draws to the whole suite: run a few to find what counts on luck.
"""

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import shake_128
from itertools import count
from typing import Any

import hypothesis
import pytest

LUCK = os.environ.get("SOCLE_TEST_LUCK", "0")


class Stream:
    """Tokens drawn in the name of what asks for them: a test, or what is set up once for several."""

    def __init__(self) -> None:
        self.begin("the suite")

    def begin(self, name: str) -> None:
        """Draw from now on in this name, from its beginning."""
        self.name, self._steps = name, count()

    @contextmanager
    def aside(self, name: str) -> Iterator[None]:
        """Draw in this name, then go on where it was."""
        before = self.name, self._steps
        self.begin(name)
        try:
            yield
        finally:
            self.name, self._steps = before

    def token_urlsafe(self, nbytes: int | None = None) -> str:
        """Return what `secrets.token_urlsafe` would, of the same length, drawn from the name."""
        drawn = shake_128(f"{LUCK} {self.name} {next(self._steps)}".encode())
        return urlsafe_b64encode(drawn.digest(nbytes or secrets.DEFAULT_ENTROPY)).rstrip(b"=").decode()


STREAM = Stream()


def pytest_configure() -> None:
    """Take the tokens' draws, and hypothesis's."""
    hypothesis.settings.register_profile("luck", derandomize=LUCK == "0")
    hypothesis.settings.load_profile("luck")
    secrets.token_urlsafe = STREAM.token_urlsafe


def pytest_report_header() -> str:
    """Say which draws these are."""
    return f"luck: {LUCK} (SOCLE_TEST_LUCK)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    """A test draws in its own name."""
    STREAM.begin(item.nodeid)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[Any]:
    """What is set up once for several tests draws in its own name, whichever of them asks first."""
    if fixturedef.scope == "function":
        return (yield)
    with STREAM.aside(f"{fixturedef.baseid} {fixturedef.argname} {request.param_index}"):
        return (yield)
