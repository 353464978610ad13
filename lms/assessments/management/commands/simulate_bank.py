"""What the current release can measure, found by simulated people with the engine in service (docs/statistics.md)."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel import clock
from kernel.errors import SocleError
from lms.assessments.selectors import open_assessment
from lms.assessments.simulation import sentences, simulate
from lms.assessments.simulation.running import FEWEST, MOST, SEED, USUAL
from question_bank import api as bank

HEADINGS = ("mean_se", "rmse", "coverage", "coverage_shown")


class Command(BaseCommand):
    help = "Let simulated people take an assessment on the current release; say how precisely the bank measures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--assessment", default="placement")
        parser.add_argument("--people", type=int, default=USUAL)
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--keep", action="store_true", help="show it in /cms/ as the last run")

    def handle(self, *args: Any, **options: Any) -> None:
        if not FEWEST <= options["people"] <= MOST:
            raise CommandError(f"From {FEWEST} to {MOST} people.")
        start = time.perf_counter()
        try:
            offer = open_assessment(options["assessment"])
            result = simulate(offer=offer, people=options["people"], seed=options["seed"])
        except SocleError as error:
            raise CommandError(error.sentence) from error
        if options["keep"]:
            bank.keep_simulation(result=result, at=clock.now())
        said = sentences(result)
        if options["format"] == "json":
            seconds = round(time.perf_counter() - start, 1)
            self.stdout.write(json.dumps({**result, "sentences": said, "seconds": seconds}, ensure_ascii=False))
        else:
            self._print(result, said)

    def _print(self, result: dict[str, Any], said: list[str]) -> None:
        self.stdout.write(f"{'':<34}" + "".join(f"{name:>16}" for name in HEADINGS))
        for row in ({"title": "overall", **result["overall"]}, *result["domains"]):
            self.stdout.write(f"{row['title'][:33]:<34}" + "".join(f"{row[name]:>16.3f}" for name in HEADINGS))
        self.stdout.write("\n" + "\n".join(said))
