"""Making the walls of a database those of the table: what is right already is left alone, so that no lock is taken."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from .statements import FUNCTION, FUNCTIONS, Policy, model_of, policies_of
from .table import WALLS

IS_THERE = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = to_regclass(%s)"
WRITTEN = """
    SELECT policy.polname, coalesce(obj_description(policy.oid, 'pg_policy'), '')
      FROM pg_policy AS policy WHERE policy.polrelid = to_regclass(%s)"""
OURS = """
    SELECT class.relname FROM pg_class AS class
     WHERE class.relnamespace = current_schema()::regnamespace
       AND EXISTS (SELECT FROM pg_policy WHERE polrelid = class.oid) ORDER BY 1"""


@dataclass(frozen=True)
class Standing:
    """A table as it is: whether its policies are asked, of its owner too; {name: what its comment says}."""

    is_forced: bool
    policies: dict[str, str]


def apply() -> list[str]:
    """Make the walls what the table says, as the tables' owner; return the names of the tables that changed."""
    wanted = {model_of(wall)._meta.db_table: policies_of(wall) for wall in WALLS}
    changed = []
    with transaction.atomic():
        _write_functions()
        for table, policies in wanted.items():
            if standing(table) != as_wanted(policies):
                _rebuild(table, policies)
                changed.append(table)
        for table in sorted(set(_walled()) - set(wanted)):
            _pull_down(table)
            changed.append(table)
    return changed


def remove() -> list[str]:
    """Take all the walls away; return the names of the tables that had one."""
    with transaction.atomic():
        tables = _walled()
        for table in tables:
            _pull_down(table)
    return tables


def standing(table: str) -> Standing:
    """Return what is there."""
    with connection.cursor() as cursor:
        cursor.execute(IS_THERE, [table])
        found = cursor.fetchone()
        cursor.execute(WRITTEN, [table])
        return Standing(bool(found and found[0]), dict(cursor.fetchall()))


def as_wanted(policies: Iterable[Policy]) -> Standing:
    """Return what should be there."""
    return Standing(True, {policy.name: _digest(policy) for policy in policies})


def _rebuild(table: str, policies: list[Policy]) -> None:
    _drop_policies(table)
    _run(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY', f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    for policy in policies:
        _run(policy.create(table), f'COMMENT ON POLICY "{policy.name}" ON "{table}" IS \'{_digest(policy)}\'')


def _pull_down(table: str) -> None:
    _drop_policies(table)
    _run(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY', f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')


def _drop_policies(table: str) -> None:
    _run(*(f'DROP POLICY "{name}" ON "{table}"' for name in standing(table).policies))


def _write_functions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute("SELECT proname, obj_description(oid, 'pg_proc') FROM pg_proc WHERE proname LIKE 'socle\\_%%'")
        known = dict(cursor.fetchall())
    for name, arguments, kind, query in FUNCTIONS:
        text = FUNCTION.format(name=name, arguments=arguments, kind=kind, schema=schema, query=query)
        digest = _short(text)
        if known.get(name) != digest:
            _run(text, f"COMMENT ON FUNCTION {name} IS '{digest}'")


def _walled() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        return [name for (name,) in cursor.fetchall()]


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _digest(policy: Policy) -> str:
    return _short(policy.create(""))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def lines() -> Iterator[str]:
    """Yield the statements of the walls, to be read."""
    for wall in WALLS:
        table = model_of(wall)._meta.db_table
        yield from (policy.create(table) + ";" for policy in policies_of(wall))
