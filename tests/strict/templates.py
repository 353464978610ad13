"""A variable that a template of ours names and nobody gives is an error.

`string_if_invalid` would do it for every template, and those of Wagtail and allauth count on silence. So each filter
expression remembers, when it is parsed, the file it stands in. `{% if %}` stays lenient, as does an expression whose
first filter is `default` or `default_if_none`: they are how a template says that a value may be absent.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.template.base import FilterExpression, Parser, VariableDoesNotExist
from django.template.defaulttags import ForNode

from tests.strict.ours import is_our_file

FORGIVING = {"default", "default_if_none"}


class UndefinedVariable(Exception):
    """A template of ours names a variable that its context does not have."""


class StrictExpression(FilterExpression):
    """An expression of a template of ours."""

    # `is_looped`: it is what a {% for %} goes through, which Django would find empty rather than unknown.
    __slots__ = ("is_looped", "origin")

    def __init__(self, token: str, parser: Any) -> None:
        super().__init__(token, parser)
        self.origin, self.is_looped = parser.origin.name, False

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        is_lenient = ignore_failures and not self.is_looped
        if not self.is_var or is_lenient or self._is_forgiving():
            return super().resolve(context, ignore_failures)
        return self._with(self._look_up(context)).resolve(context)

    def _is_forgiving(self) -> bool:
        return bool(self.filters) and self.filters[0][0].__name__ in FORGIVING

    def _look_up(self, context: Any) -> Any:
        try:
            return self.var.resolve(context)
        except VariableDoesNotExist as error:
            raise UndefinedVariable(f"{self.origin}: {{{{ {self.token} }}}}: {error}") from error

    def _with(self, value: Any) -> Any:
        """Return the expression with its variable replaced by its value: only the filters remain to be done."""
        found = copy(self)
        found.var, found.is_var = value, False
        return found


@pytest.fixture(autouse=True, scope="session")
def undefined_template_variables_fail() -> Iterator[None]:
    """Make our templates, and only ours, refuse undefined variables."""
    compile_filter, for_node = Parser.compile_filter, ForNode.__init__

    def compile_strictly(self: Any, token: str) -> Any:
        is_ours = is_our_file(getattr(self.origin, "name", ""))
        return StrictExpression(token, self) if is_ours else compile_filter(self, token)

    def loop_strictly(self: Any, loopvars: Any, sequence: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(sequence, StrictExpression):
            sequence.is_looped = True
        for_node(self, loopvars, sequence, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Parser, "compile_filter", compile_strictly)
        patch.setattr(ForNode, "__init__", loop_strictly)
        yield
