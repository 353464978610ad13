"""Where the application's processor time goes: samples of one process that plays whole attempts, grouped by layer.

``python -m benches.answers.layers program|reader|browser ATTEMPTS [COOKIE]`` prints milliseconds per answer as JSON.
The signal counts processor time only, so that waiting for the database is left out; what a function written in C uses
goes to its caller.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections import Counter
from types import FrameType

from .inside import Send, into, own_seconds, play
from .messages import Reply, Request
from .takers import TAKERS, Taker

INTERVAL = 0.001
WARM_UP = 25  # attempts that fill what a process keeps
# The innermost frame that belongs to one of these names the layer; the standard library belongs to its caller.
LAYERS = (
    ("psycopg", ("/psycopg",)),
    ("orm", ("/django/db/", "/django/dispatch")),
    ("templates", ("/django/template", "/themes/", "/django/utils/html", "/django/utils/safestring")),
    ("translation", ("/django/utils/translation", "/django/utils/formats", "/gettext.py")),
    ("engine", ("/question_bank/adaptive/", "/numpy/", "/lms/assessments/delivery.py")),
    ("bank", ("/question_bank/", "/competencies/")),
    ("json and schemas", ("/json/", "/pydantic", "/ninja/")),
    ("sitting", ("/lms/", "/kernel/")),
    ("sessions and people", ("/django/contrib/sessions", "/django/contrib/auth", "/allauth/")),
    ("request and response", ("/django/", "/csp/", "/whitenoise/", "/asgiref/", "/wagtail/")),
)
OTHER = "other"
ANSWER = re.compile(r"/(reponse|responses)$")


def layer_of(frame: FrameType | None) -> str:
    """Return the layer that a stack is in."""
    while frame is not None:
        path = frame.f_code.co_filename
        for name, fragments in LAYERS:
            if any(fragment in path for fragment in fragments):
                return name
        frame = frame.f_back
    return OTHER


def main() -> None:
    """Play, sample, print."""
    from django.core.wsgi import get_wsgi_application

    kind = TAKERS[sys.argv[1]]
    send = into(get_wsgi_application(), os.environ["SOCLE_HOSTS"])
    taker, samples = kind(7, sys.argv[3] if len(sys.argv) > 3 else ""), Counter[str]()
    _attempts(taker, send, WARM_UP)
    answered = len(taker.record.answers)
    spent = Counter[str]()
    signal.signal(signal.SIGPROF, lambda _sign, frame: samples.update((layer_of(frame),)))
    cpu = own_seconds()
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    _attempts(taker, timed(send, spent), int(sys.argv[2]))
    signal.setitimer(signal.ITIMER_PROF, 0)
    cpu, answered = own_seconds() - cpu, len(taker.record.answers) - answered
    total = max(sum(samples.values()), 1)
    layers = {name: 1000 * cpu * count / total / answered for name, count in samples.most_common()}
    requests = {name: 1000 * seconds / answered for name, seconds in spent.items()}
    json.dump({"layers": layers, "requests": requests}, sys.stdout)


def timed(send: Send, spent: Counter[str]) -> Send:
    """Return `send` that adds the processor seconds of each answer and of each page read to `spent`."""

    def counted(request: Request) -> Reply:
        begin = own_seconds()
        reply = send(request)
        kind = "answer" if ANSWER.search(request.path) else "page" if request.method == "GET" else "start"
        spent[kind] += own_seconds() - begin
        return reply

    return counted


def _attempts(taker: Taker, send: object, count: int) -> None:
    for _ in range(count):
        play(taker.start(), send)  # type: ignore[arg-type]
        while not taker.is_finished:
            play(taker.answer(), send)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
