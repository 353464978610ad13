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


def _is_forgiving(expression: Any) -> bool:
    return bool(expression.filters) and expression.filters[0][0].__name__ in FORGIVING


def _look_up(expression: Any, context: Any) -> Any:
    try:
        return expression.var.resolve(context)
    except VariableDoesNotExist as error:
        raise UndefinedVariable(f"{expression.origin}: {{{{ {expression.token} }}}}: {error}") from error


def _already_found(expression: Any, value: Any) -> Any:
    """Return the expression with its variable replaced by its value, so that only the filters remain to be done."""
    found = copy(expression)
    found.var, found.is_var = value, False
    return found


@pytest.fixture(autouse=True, scope="session")
def undefined_template_variables_fail() -> Iterator[None]:
    """Make our templates, and only ours, refuse undefined variables."""
    compile_filter, resolve, for_node = Parser.compile_filter, FilterExpression.resolve, ForNode.__init__

    def compile_strictly(self: Any, token: str) -> Any:
        expression = compile_filter(self, token)
        origin = getattr(self.origin, "name", "")
        expression.origin, expression.is_ours = origin, is_our_file(origin)
        return expression

    def resolve_strictly(self: Any, context: Any, ignore_failures: bool = False) -> Any:
        is_checked = getattr(self, "is_ours", False) and self.is_var and not _is_forgiving(self)
        if not is_checked or (ignore_failures and not getattr(self, "is_looped", False)):
            return resolve(self, context, ignore_failures)
        return resolve(_already_found(self, _look_up(self, context)), context)

    def loop_strictly(self: Any, loopvars: Any, sequence: Any, *args: Any, **kwargs: Any) -> None:
        sequence.is_looped = True
        for_node(self, loopvars, sequence, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Parser, "compile_filter", compile_strictly)
        patch.setattr(FilterExpression, "resolve", resolve_strictly)
        patch.setattr(ForNode, "__init__", loop_strictly)
        yield
