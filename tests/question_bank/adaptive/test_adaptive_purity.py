"""The engine is pure: it names numpy, the standard library and itself, no clock, no chance, no Django, no files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import question_bank.adaptive

PACKAGE = Path(question_bank.adaptive.__file__).parent
ALLOWED = {
    "__future__",
    "bisect",
    "collections",
    "dataclasses",
    "enum",
    "functools",
    "itertools",
    "math",
    "numpy",
    "statistics",
    "typing",
}
SOURCES = sorted(PACKAGE.glob("**/*.py"))


def imported(tree: ast.AST) -> set[str]:
    """Return the top-level modules named by absolute imports; a relative one may not climb out of the package."""
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level <= 1
            names |= set() if node.level else {str(node.module).split(".")[0]}
    return names


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_module_imports_nothing_impure(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))

    assert imported(tree) <= ALLOWED
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not named & {"random", "default_rng", "now", "today", "time", "perf_counter"}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input", "eval", "exec"}


def test_the_check_sees_what_it_must() -> None:
    assert imported(ast.parse("import random\nfrom django.db import models")) == {"random", "django"}
    with pytest.raises(AssertionError):
        imported(ast.parse("from ..models import Item"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_functions_and_files_stay_short(source: Path) -> None:
    text = source.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.body[0].lineno < 40, node.name
