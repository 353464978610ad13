"""Rows as a person takes them away: every column, but those the policies leave out."""

from typing import Any

from django.db.models import Field, Model, QuerySet

from .policies import Policy, installed, people


def told_rows(rows: QuerySet[Any], *more: str) -> list[dict[str, Any]]:
    """Return each row, first written first, with `more` of its columns or of those of the rows it points to."""
    return list(rows.order_by("pk").values(*columns(people()[rows.model._meta.label]), *more))


def told(row: Model) -> dict[str, Any]:
    """Return one row."""
    return {name: getattr(row, name) for name in columns(people()[row._meta.label])}


def columns(policy: Policy) -> list[str]:
    """Return the columns that are given: neither keys, nor what points elsewhere, nor what has a reason not to be."""
    fields: list[Field[Any, Any]] = list(policy.model._meta.concrete_fields)
    return [
        field.name for field in fields if not (field.primary_key or field.is_relation or field.name in policy.not_given)
    ]


def how_many(told: Any) -> int:
    """Return how many rows a part of the copy holds."""
    if isinstance(told, list):
        return len(told)
    return sum(one["count"] if "count" in one else how_many(one) for one in told.values()) if told else 0


def written_by(user_id: int) -> dict[str, dict[str, Any]]:
    """Return, by table, how many rows a person wrote as staff, or what those rows say."""
    found: dict[str, dict[str, Any]] = {}
    for policy in installed():
        for path in policy.by:
            rows = policy.model._base_manager.filter(**{path: user_id}).order_by("pk")
            if count := rows.count():
                told_here = {"count": count, "rows": list(rows.values(*policy.written)) if policy.written else []}
                found[f"{policy.label}.{path}"] = told_here
    return found
