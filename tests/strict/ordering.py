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
    is_part = query.subquery or query.combinator or getattr(query, "is_combined", False)
    return not is_part and not query.distinct and query.model is not None and _is_ours(query.model)


def _is_ours(model: Any) -> bool:
    # Migrations have models of their own, in an application called "migrations" or by none.
    config = apps.app_configs.get(model._meta.app_label)
    return config is not None and is_our_app(config)


@pytest.fixture(autouse=True, scope="session")
def unordered_querysets_are_shuffled() -> Iterator[None]:
    """Add ORDER BY RANDOM() to a SELECT of our models that says no order."""
    original, combine = SQLCompiler._order_by_pairs, SQLCompiler.get_combinator_sql

    def pairs(self: Any) -> Iterator[Any]:
        found = list(original(self))
        yield from found or ([(OrderBy(Random()), False)] if _may_shuffle(self) else [])

    def get_combinator_sql(self: Any, combinator: str, all: bool) -> Any:  # noqa: A002 - Django's name
        for query in self.query.combined_queries:
            query.is_combined = True
        return combine(self, combinator, all)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "_order_by_pairs", pairs)
        patch.setattr(SQLCompiler, "get_combinator_sql", get_combinator_sql)
        yield
