"""A queryset of ours without an order comes in random order: code that counts on luck fails now, not in production."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler

from tests.strict.ours import is_our_app


def _may_shuffle(compiler: Any) -> bool:
    query = compiler.query
    is_whole = not (query.subquery or query.combinator or query.distinct or (query.is_sliced and query.high_mark == 1))
    return is_whole and query.model is not None and is_our_app(apps.get_app_config(query.model._meta.app_label))


@pytest.fixture(autouse=True, scope="session")
def unordered_querysets_are_shuffled() -> Iterator[None]:
    """Add ORDER BY RANDOM() to a SELECT of our models that says no order."""
    original = SQLCompiler._order_by_pairs

    def pairs(self: Any) -> Iterator[Any]:
        found = list(original(self))
        yield from found or ([(OrderBy(Random()), False)] if _may_shuffle(self) else [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "_order_by_pairs", pairs)
        yield
