"""The shape of the code: small files, small functions, names that say something, time passed in."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.strict.ours import ROOT, our_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
# Ours would hide theirs.
TAKEN = {"platform", "csp", "ninja", "tincan"}

# Where the clock may be read: at the edges, where a request, a task or a command begins.
EDGES = {"views", "tasks", "commands", "rest", "middleware", "admin", "wagtail_hooks", "context", "requests"}
# The kernel's own clock; long work, during which time passes; the default of drain(), which tests and checks call;
# what signals, which say no time, are turned into; what Wagtail's pages answer their readers with; sessions that end.
CLOCKS = {
    "kernel/clock.py",
    "kernel/jobs.py",
    "kernel/events/delivery.py",
    "lms/accounts/sessions.py",
    "lms/dashboards/handlers.py",
    "lms/learning/handlers.py",
    "lms/learning/reading/reader.py",
    "lms/learning/reading/steps.py",
    "lms/learning/taking_away.py",
}
# Given a time, these only say it in a time zone.
OF_A_TIME = {"localdate", "localtime"}
READINGS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("clock", "now"),
}

FILES = our_files()


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _is_edge(path: Path) -> bool:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return bool(EDGES & set(parts)) or _name(path) in CLOCKS


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of the body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def clock_readings(source: str) -> list[int]:
    """Return the lines on which `source` reads the clock."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if _reads_clock(call.func) and not _says_a_time(call)]


def _reads_clock(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute):
        return False
    owner = called.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return (name, called.attr) in READINGS


def _says_a_time(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in OF_A_TIME and bool(call.args)


def test_files_are_small():
    lengths = {_name(path): len(path.read_text().splitlines()) for path in FILES}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def test_functions_are_small():
    long = [
        f"{_name(path)}:{function.lineno} {function.name}: {_length(function)} lines"
        for path in FILES
        for function in _functions(ast.parse(path.read_text()))
        if _length(function) > LONGEST_FUNCTION
    ]
    assert not long


def test_modules_have_names():
    wrong = [_name(path) for path in FILES if NAMELESS & set(path.relative_to(ROOT).with_suffix("").parts)]
    wrong += [_name(path) for path in FILES if path.stem in TAKEN or path.parent.name in TAKEN]
    assert not wrong


def test_the_domain_never_reads_the_clock():
    read = [
        f"{_name(path)}:{line}" for path in FILES if not _is_edge(path) for line in clock_readings(path.read_text())
    ]
    assert not read, "Time is passed in: " + ", ".join(read)


@pytest.mark.parametrize(
    "line",
    [
        "timezone.now()",
        "timezone.localdate()",
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "clock.now()",
        "date.today()",
        "time.time()",
    ],
)
def test_a_reading_of_the_clock_is_seen(line):
    assert clock_readings(f"x = 1\ny = {line}\n") == [2]


def test_a_default_is_not_a_reading():
    assert clock_readings("at = DateTimeField(default=clock.now)") == []


def test_saying_a_time_given_is_not_a_reading():
    assert clock_readings("day = timezone.localdate(now)") == []


def test_modules_say_what_they_are():
    spoken = [path for path in FILES if path.name != "apps.py" and path.read_text().strip()]
    assert not [_name(path) for path in spoken if not ast.get_docstring(ast.parse(path.read_text()))]
