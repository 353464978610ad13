"""The adaptive engine: what is believed of a person, what to ask next, when to stop, what to report.

Pure: numpy and the standard library; no clock, no database, no randomness but from a seed that is passed in.
"""

from .ability import STARTING_COMPONENTS, Ability, Components, single_ability, starting_ability
from .blueprint import Blueprint
from .errors import AbilityIsInvalid, BlueprintIsImpossible, PoolIsInconsistent, ScoreOutOfRange
from .examinees import answer_of, best_information, examinees, information_curve
from .exposure import CAP, STEP, exposure_limit, update_prices
from .feasibility import Shortfall, ShortfallKind, shortfalls
from .pool import Pool
from .pretest import select_pretest
from .reporting import Measure, Report, overall_measure, report, score_of, theta_of
from .selection import select
from .smoothing import smooth
from .stopping import Side, StopReason, decision_reached, overall_standard_error, stop_reason
from .updating import replay, replay_without_each, update

__all__ = [
    "CAP",
    "STARTING_COMPONENTS",
    "STEP",
    "Ability",
    "AbilityIsInvalid",
    "Blueprint",
    "BlueprintIsImpossible",
    "Components",
    "Measure",
    "Pool",
    "PoolIsInconsistent",
    "Report",
    "ScoreOutOfRange",
    "Shortfall",
    "ShortfallKind",
    "Side",
    "StopReason",
    "answer_of",
    "best_information",
    "decision_reached",
    "examinees",
    "exposure_limit",
    "information_curve",
    "overall_measure",
    "overall_standard_error",
    "replay",
    "replay_without_each",
    "report",
    "score_of",
    "select",
    "select_pretest",
    "shortfalls",
    "single_ability",
    "smooth",
    "starting_ability",
    "stop_reason",
    "theta_of",
    "update",
    "update_prices",
]
