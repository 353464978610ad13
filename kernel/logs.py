"""What the log says of a request that failed: where in our code, and never for whom.

The address of an attempt opens it, and a database names the values it refuses: neither is written.
"""

import logging
import traceback
from types import TracebackType

from django.http import HttpRequest


def pattern_of(request: HttpRequest) -> str:
    """Return the pattern of the address that was asked: `evaluation/s/<str:token>/`."""
    match = getattr(request, "resolver_match", None)
    return match.route if match else "(no page)"


class WithoutAddress(logging.Filter):
    """Write the pattern of the address that was asked in place of the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record."""
        request = getattr(record, "request", None)
        if request is not None:
            record.msg, record.args = "%s %s failed", (request.method, pattern_of(request))
        return True


class WithoutValues(logging.Formatter):
    """Write the kinds of the errors and the lines they came through, without what they say."""

    def formatException(  # noqa: N802 - logging's name
        self, error: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return a trace without the text of any error, those that caused it included."""
        told, lines = error[1], list[str]()
        while told is not None:
            kind = f"{type(told).__module__}.{type(told).__qualname__}"
            lines[:0] = [*traceback.format_tb(told.__traceback__), f"{kind}\n"]
            told = told.__cause__ or told.__context__
        return "".join(lines).rstrip()
