"""Who an institution already knows, indexed as a roster asks: by number, by address, by names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from ..models import Student
from ..numbers import bare_number, number_key
from .names import are_near, normalised


class Named(Protocol):
    """Anybody with names."""

    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def usage_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A student of the institution, as its row says."""

    pk: int
    uuid: UUID
    student_number: str
    number_origin: str
    first_name: str
    other_names: str
    last_name: str
    usage_name: str
    email: str
    birth_date: date | None
    user_id: int | None


FIELDS = tuple(Known.__dataclass_fields__)


@dataclass
class People:
    """The indexes. Each person may be taken once: two lines are two people."""

    by_number: dict[str, list[Known]] = field(default_factory=dict)
    by_bare: dict[str, list[Known]] = field(default_factory=dict)
    by_email: dict[str, list[Known]] = field(default_factory=dict)
    by_first: dict[str, list[Known]] = field(default_factory=dict)
    by_last: dict[str, list[Known]] = field(default_factory=dict)
    by_pk: dict[int, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, institution_id: int) -> "People":
        """Return everybody an institution knows: one query."""
        people = cls()
        rows = Student.objects.filter(institution_id=institution_id).order_by("pk")
        for values in rows.values_list(*FIELDS).iterator(chunk_size=5000):
            people.add(Known(*values))
        return people

    def add(self, known: Known) -> None:
        """Index somebody."""
        self.by_pk[known.pk] = known
        if known.student_number:
            self.by_number.setdefault(number_key(known.student_number), []).append(known)
            self.by_bare.setdefault(bare_number(known.student_number), []).append(known)
        if known.email:
            self.by_email.setdefault(known.email.lower(), []).append(known)
        self.by_first.setdefault(normalised(known.first_name), []).append(known)
        for last in last_names(known):
            self.by_last.setdefault(last, []).append(known)

    def numbered(self, number: str) -> Sequence[Known]:
        """Return those of a number, however it was written."""
        return self.by_number.get(number_key(number), ()) if number else ()

    def numbered_but_for_zeros(self, number: str) -> Sequence[Known]:
        """Return those whose number is the same but for zeros at its front."""
        return self.by_bare.get(bare_number(number), ()) if number else ()

    def namesakes(self, person: Named) -> Iterator[Known]:
        """Yield those of the same first name and of one same family or usage name."""
        first = normalised(person.first_name)
        found = (one for last in last_names(person) for one in self.by_last.get(last, ()))
        return _once(one for one in found if normalised(one.first_name) == first)

    def nearly(self, person: Named) -> Iterator[Known]:
        """Yield those who differ by a letter or two in one of their names, or have them the other way round."""
        first, lasts = normalised(person.first_name), last_names(person)
        by_last = (
            one for last in lasts for one in self.by_last.get(last, ()) if are_near(normalised(one.first_name), first)
        )
        by_first = (
            one for one in self.by_first.get(first, ()) if any(are_near(a, b) for a in last_names(one) for b in lasts)
        )
        turned = (one for one in self.by_last.get(first, ()) if normalised(one.first_name) in lasts)
        return _once([*by_last, *by_first, *turned])


def last_names(person: Named) -> set[str]:
    """Return the normalised family and usage names of somebody."""
    return {name for text in (person.last_name, person.usage_name) if (name := normalised(text))}


def are_namesakes(one: Named, other: Named) -> bool:
    """Say whether two people have the same first name and one same family or usage name."""
    return normalised(one.first_name) == normalised(other.first_name) and bool(last_names(one) & last_names(other))


def _once(people: Iterable[Known]) -> Iterator[Known]:
    return iter({one.pk: one for one in people}.values())
