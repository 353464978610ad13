"""The national targets, as data: public, figure, date, source."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Target:
    """What was announced, for whom, by when, where it is written."""

    figure: int
    by_year: int
    announced_date: date
    source: str


NATIONAL = Target(
    figure=210_000,
    by_year=2025,
    announced_date=date(2021, 10, 18),
    source="Dossier de presse de la stratégie d’accélération « Santé numérique », 18 octobre 2021",
)
