"""Every table is either somebody's, and a line says what becomes of it, or nobody's, and then leads to nobody."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Field, Model

from lms.accounts import policies
from lms.accounts.models import User
from lms.accounts.policies import Policy

# What a column that names a person without pointing to their row is called.
TELLING = ("owner", "user", "person", "holder", "actor", "reporter", "student", "attempt", "email", "author")


def _models() -> Iterator[type[Model]]:
    """Yield the models of every installed table."""
    return (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)


def untold(found: list[type[Model]]) -> set[str]:
    """Return the labels of models that no line speaks of."""
    return {model._meta.label for model in found} - set(policies.people()) - policies.nobody()


def leading(model: type[Model]) -> list[str]:
    """Return the columns of a model that may lead to a person."""
    return [field.name for field in model._meta.local_concrete_fields if _leads(field)]


def _leads(field: "Field[Any, Any]") -> bool:
    if field.is_relation:
        target = field.related_model
        line = policies.people().get(target._meta.label)  # type: ignore[union-attr]
        return target is User or (line is not None and bool(line.of))
    is_named = any(field.name in (word, f"{word}_id", f"{word}_ref", f"{word}_name") for word in TELLING)
    return isinstance(field, models.EmailField) or is_named or field.name.endswith("_by_id")


def test_every_table_has_a_line() -> None:
    assert not untold(list(_models()))
    assert not set(policies.people()) & policies.nobody()


def test_no_line_speaks_of_a_table_that_is_gone() -> None:
    installed = {model._meta.label for model in _models()} | {"wagtailsearch.SQLiteFTSIndexEntry"}
    assert not (set(policies.people()) | policies.nobody()) - installed


# Declared nobody's although a column looks like it leads to somebody: why is beside each in the file.
LOOKS_LIKE = {"cohorts.Institution": ["privacy_contact"], "question_bank.CountedAttempt": ["attempt"]}


def test_what_is_nobodys_leads_to_nobody() -> None:
    found = {m._meta.label: leading(m) for m in _models() if m._meta.label in policies.nobody() and leading(m)}
    assert found == LOOKS_LIKE


# Which attempt an error was met in goes with the attempt.
FORGOTTEN = {"question_bank.ItemReport": {"attempt"}}


def test_a_line_names_every_column_that_leads_to_a_person() -> None:
    """Of a row that goes with somebody, other columns go too; but staff may have written it about them."""
    found = {policy.label: _unnamed(policy) for policy in policies.installed()}
    assert not {label: columns for label, columns in found.items() if columns}


def _unnamed(policy: Policy) -> set[str]:
    named = {path.split("__")[0] for path in (*policy.of, *policy.by)} | set(policy.names)
    columns = leading(policy.model)
    if policy.of:
        columns = [name for name in columns if policy.field(name).related_model is User]
    return set(columns) - named - FORGOTTEN.get(policy.label, set())


@pytest.mark.parametrize("policy", list(policies.installed()), ids=lambda policy: policy.label)
def test_a_line_speaks_of_columns_that_exist(policy: Policy) -> None:
    for name in (*policy.not_given, *policy.names, *policy.written, *policy.stays):
        policy.field(name)
    for path in (*policy.of, *policy.by):
        str(policy.model._base_manager.filter(**{f"{path}__isnull": True}).query)
    assert not policy.of or policy.given or all(name in policy.not_given for name in _columns(policy))
    assert set(policy.stays) <= set(policy.by)


def _columns(policy: Policy) -> list[str]:
    from lms.accounts.telling import columns

    return columns(policy)


# Mutants: what a new table would be told.


def test_mutant_a_new_table_without_a_line_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {label: line for label, line in policies.people().items() if label != "cohorts.Accommodation"}
    monkeypatch.setattr(policies, "people", lambda: lines)
    assert untold(list(_models())) == {"cohorts.Accommodation"}


def test_mutant_a_table_said_to_be_nobodys_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "nobody", lambda: frozenset({"cohorts.Accommodation"}))
    assert leading(apps.get_model("cohorts.Accommodation")) == ["student", "granted_by"]
