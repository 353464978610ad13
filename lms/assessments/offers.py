"""What can be taken, told to the bank as files say it: `check_bank` asks whether the bank can carry it."""

from collections.abc import Iterator
from pathlib import Path

from kernel.datafile import read
from question_bank.api import register_offers
from question_bank.types import Offer

from . import delivery
from .models import Blueprint

FILE = Path(__file__).parent / "data" / "assessments.yaml"


def offers() -> Iterator[Offer]:
    """Yield what the file offers. Raises DataFileError."""
    file = read(FILE).value
    blueprints = {row["key"]: Blueprint(**row) for row in file["blueprints"]}
    for row in file["assessments"]:
        yield Offer(row["key"], row["audience"], delivery.engine_blueprint(blueprints[row["blueprint"]]))


def register() -> None:
    """Tell the bank."""
    register_offers(offers)
