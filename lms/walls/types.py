"""What the table of the walls says of one model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wall:
    """Who may touch the rows of `model` ("app.Model"), by paths of fields that lead from it.

    `owner` and `reader`: to an account, which may change the row, or only read it. `institution`: to the institution
    whose people frame it. `cohort` and `assignment`: to a cohort, or something asked, that an account belongs to: read.
    `parent`: the row it is part of, which decides; `whole`: what that one must be, beside visible. `ownerless`: to an
    owner; a row without one is known by its random address, and is anybody's. `platform`: its administrators too.

    Conditions in SQL, to read: `national`, under which nobody can be told from it, for pilots; `houses`, for whoever
    frames some institutions; `public`, for everybody. The worker may touch every row.
    """

    model: str
    owner: tuple[str, ...] = ()
    reader: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    cohort: tuple[str, ...] = ()
    assignment: tuple[str, ...] = ()
    parent: str = ""
    whole: str = ""
    ownerless: str = ""
    platform: bool = False
    national: str = ""
    public: str = ""
    houses: str = ""
