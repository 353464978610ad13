"""The SQL of the walls, from the table: one policy by kind of actor, each a condition that is worked out once.

A setting is read in a sub-select without the row: the planner runs it once for the statement, not once for each row.
PostgreSQL asks the policies of a table in the reverse order of their names: “worker” first, “anonymous” last.
`=` on bigint is leakproof, so the conditions of the query itself may still use indexes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model

from .types import Wall

RANK = "(SELECT current_setting('socle.actor', true))"
USER = "(SELECT nullif(current_setting('socle.user', true), '')::bigint)"
HOUSES = "(SELECT coalesce(nullif(current_setting('socle.institutions', true), ''), '{}')::bigint[])::bigint[]"
COHORTS = "(SELECT socle_my_cohorts())::bigint[]"
ASSIGNMENTS = "(SELECT socle_my_assignments())::bigint[]"

# What is asked without the walls: the policies of cohorts and of places would ask each other for ever; and those of
# students, asked from an attempt, would be planned anew with each answer. Nothing but one's own, or of those whom one
# frames, can be asked. (A SET clause would do as well, but only a superuser may write one.)
FUNCTION = """
CREATE OR REPLACE FUNCTION {name}({arguments}) RETURNS {kind}
LANGUAGE plpgsql STABLE SET search_path = {schema}, pg_temp AS $$
DECLARE
    me bigint := nullif(current_setting('socle.user', true), '')::bigint;
    houses bigint[] := coalesce(nullif(current_setting('socle.institutions', true), ''), '{{}}')::bigint[];
    rank text := current_setting('socle.actor', true);
    found {kind};
BEGIN
    PERFORM set_config('socle.actor', 'worker', true);
    SELECT {query} INTO found;
    PERFORM set_config('socle.actor', coalesce(rank, ''), true);
    RETURN found;
END $$"""
FUNCTIONS = (
    (
        "socle_my_cohorts",
        "",
        "bigint[]",
        """ARRAY(
        SELECT cohort_id FROM cohorts_enrolment WHERE user_id = me
        UNION SELECT cohort_id FROM cohorts_rolegrant WHERE user_id = me AND cohort_id IS NOT NULL)""",
    ),
    (
        "socle_my_assignments",
        "",
        "bigint[]",
        """ARRAY(
        SELECT assignment_id FROM assessments_participation WHERE user_id = me
        UNION SELECT asked.assignment_id FROM assessments_assignment_cohorts AS asked
          JOIN cohorts_enrolment AS place ON place.cohort_id = asked.cohort_id WHERE place.user_id = me)""",
    ),
    (
        "socle_frames",
        "person bigint",
        "boolean",
        "EXISTS (SELECT FROM cohorts_student WHERE user_id = person AND institution_id = ANY (houses))",
    ),
    (
        "socle_is_agreed",
        "whole bigint",
        "boolean",
        """EXISTS (
        SELECT FROM assessments_attempt AS attempt
          JOIN cohorts_sharinggrant AS agreed ON agreed.user_id = attempt.owner_id
         WHERE attempt.id = whole AND agreed.withdrawn_at IS NULL AND agreed.institution_id = ANY (houses))""",
    ),
)


@dataclass(frozen=True)
class Policy:
    """One policy of a table: what it is called, for which statements, under which condition."""

    name: str
    condition: str
    command: str = "ALL"

    def create(self, table: str) -> str:
        """Return the statement that makes it."""
        check = f" WITH CHECK ({self.condition})" if self.command == "ALL" else ""
        return f'CREATE POLICY "{self.name}" ON "{table}" FOR {self.command} USING ({self.condition}){check}'


def model_of(wall: Wall) -> type[Model]:
    """Return the model of a wall; LookupError when there is none."""
    return apps.get_model(wall.model)


def policies_of(wall: Wall) -> list[Policy]:
    """Return the policies of a wall, by name."""
    return sorted(_policies(wall), key=lambda policy: policy.name)


def _policies(wall: Wall) -> Iterator[Policy]:
    yield Policy("worker", f"{RANK} = 'worker'")
    yield from _by_paths(wall)
    model = model_of(wall)
    if wall.parent:
        yield Policy("parent", _part_of(model, wall.parent, wall.whole.format(user=USER)))
    if wall.ownerless:
        yield Policy("anonymous", f'"{_column(model, wall.ownerless)}" IS NULL')
    if wall.houses:
        yield Policy("institution", wall.houses.format(houses=HOUSES), "SELECT")
    if wall.platform:
        yield Policy("platform", f"{RANK} = 'platform'")
    if wall.national:
        yield Policy("national", f"{RANK} IN ('pilot', 'platform') AND ({wall.national})", "SELECT")
    if wall.public:
        yield Policy("public", wall.public, "SELECT")


def _by_paths(wall: Wall) -> Iterator[Policy]:
    kinds = (
        ("owner", wall.owner, f"= {USER}", "ALL"),
        ("reader", wall.reader, f"= {USER}", "SELECT"),
        ("institution", wall.institution, f"= ANY ({HOUSES})", "ALL"),
        ("cohort", wall.cohort, f"= ANY ({COHORTS})", "SELECT"),
        ("assignment", wall.assignment, f"= ANY ({ASSIGNMENTS})", "SELECT"),
    )
    for name, paths, leaf, command in kinds:
        if paths:
            yield Policy(name, _any(model_of(wall), paths, leaf), command)


def _any(model: type[Model], paths: Iterable[str], leaf: str) -> str:
    return " OR ".join(condition(model, path, leaf) for path in paths)


def condition(model: type[Model], path: str, leaf: str) -> str:
    """Return the SQL that says `leaf` of what is at the end of `path` from a row of `model`."""
    name, _, rest = path.partition("__")
    if not rest:
        return f'"{_column(model, name)}" {leaf}'
    field = model._meta.get_field(name)
    if field.many_to_many:
        return _through(model, field, rest, leaf)
    assert isinstance(field, ForeignKey)
    inside = condition(field.related_model, rest, leaf)
    return f'"{field.column}" IN (SELECT id FROM "{field.related_model._meta.db_table}" WHERE {inside})'  # noqa: S608 - names only


def _through(model: type[Model], field: Any, rest: str, leaf: str) -> str:
    through = field.remote_field.through
    inside = condition(through, f"{field.m2m_reverse_field_name()}__{rest}", leaf)
    column = f"{field.m2m_column_name()}"
    return f'"id" IN (SELECT "{column}" FROM "{through._meta.db_table}" WHERE {inside})'  # noqa: S608 - names only


def _part_of(model: type[Model], name: str, whole: str) -> str:
    """Return that the row it is part of is visible, which that row's own policies say, and `whole` of it.

    Not EXISTS: the planner might read all the wholes to answer for a few parts.
    """
    field: Any = model._meta.get_field(name)
    table = field.related_model._meta.db_table
    more = f" AND ({whole})" if whole else ""
    return f'(SELECT true FROM "{table}" AS whole WHERE whole.id = "{field.column}"{more})'  # noqa: S608 - names only


def _column(model: type[Model], name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return next(str(field.column) for field in model._meta.local_fields if field.attname == name)
    assert isinstance(field, Field)
    return str(field.column)
