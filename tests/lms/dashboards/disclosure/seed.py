"""Three hundred students in six universities and four programmes, one of whom does something each day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from lms.dashboards.disclosure import Count, Key

STUDENTS = 300
SIZES = {1: 30, 2: 25, 3: 20, 4: 12, 5: 8, 6: 5}  # of universities
PROGRAMMES = {1: 50, 2: 30, 3: 15, 4: 5}
FIRST = date(2026, 11, 2)


@dataclass(frozen=True)
class One:
    place: Key
    is_measured: bool
    is_at_target: bool


def students(luck: Random) -> list[One]:
    rows = luck.choices(list(SIZES), list(SIZES.values()), k=STUDENTS)
    # The second university has one programme only: its total is that programme’s.
    columns = [1 if row == 2 else luck.choices(list(PROGRAMMES), list(PROGRAMMES.values()))[0] for row in rows]
    return [_one(luck, place) for place in zip(rows, columns, strict=True)]


def _one(luck: Random, place: Key) -> One:
    is_measured = luck.random() < 0.8
    return One(place, is_measured, is_measured and luck.random() < 0.5)


def days(luck: Random, count: int) -> Iterator[tuple[date, list[One]]]:
    """Yield each day and the students as they are then: one has come, gone, been measured, or reached the target."""
    people = students(luck)
    for number in range(count):
        yield FIRST + timedelta(days=number), list(people)
        place = luck.randrange(len(people))
        deed = luck.random()
        if deed < 0.1:
            people.append(_one(luck, people[place].place))
        elif deed < 0.2:
            people.pop(place)
        else:
            people[place] = replace(people[place], is_measured=True, is_at_target=luck.random() < 0.7)


def results(people: list[One]) -> dict[Key, Count]:
    """Return, of each cell, how many of those measured are at the target level."""
    measured = Counter(one.place for one in people if one.is_measured)
    at_target = Counter(one.place for one in people if one.is_at_target)
    return {key: Count(at_target[key], count) for key, count in measured.items()}
