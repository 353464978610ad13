"""The only bridge between the rows of a sitting and the engine: which item next, when to stop, what was measured."""

import hashlib
import hmac
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from competencies import api as competencies
from competencies.types import FrameworkTree
from question_bank import adaptive
from question_bank import api as bank
from question_bank.types import OptionMask, Release, ReleaseEntry

from . import focusing
from .errors import BankTooSmall
from .models import Assessment, Attempt, Blueprint
from .types import Progress

ONE_OF_FEW = frozenset({"single_choice", "hotspot"})  # one in three to six is right by luck
SEED_RANGE = 2**48  # six bytes of a digest
PRETEST_POSITIONS = (6, 13)  # one or two items per attempt gather responses without counting
SHORTLIST = 64  # the whole of a competency, in a bank of a thousand: rules that bar the best leave others in it
LEAST_OTHERS = 5  # answers from which a person is placed in a score group, for the statistics of one more
WIDENING = adaptive.STARTING_COMPONENTS.widening


@dataclass(frozen=True)
class Setting:
    """What every step of an attempt needs and no step changes; shared by all attempts alike."""

    framework: FrameworkTree
    release: Release
    pool: adaptive.Pool
    prior: adaptive.Ability
    blueprint: adaptive.Blueprint
    eligible: NDArray[np.bool_]
    meant: NDArray[np.bool_]  # for this audience, in the wording asked for or not
    is_worded: bool  # whether enough items are said in the wording asked for; else some are in ordinary French
    is_single_choice: NDArray[np.bool_]

    @property
    def single_choice_share(self) -> float:
        """Return which part of the eligible items is single choice."""
        return _share(self.is_single_choice, self.eligible)

    @cached_property
    def is_graded(self) -> NDArray[np.bool_]:
        """Return which items give credit for what is partly right, and are not single choice."""
        return (self.pool.top_score > 1) & ~self.is_single_choice

    @cached_property
    def on_trial(self) -> frozenset[int]:
        """Return the eligible items that gather responses without counting (docs/decisions/0013)."""
        return frozenset(np.flatnonzero(self.pool.is_pretest & self.eligible).tolist())

    def prices(self) -> NDArray[np.float64]:
        """Return what each item's exposure costs now."""
        return bank.exposure_prices(self.release)


@dataclass(frozen=True)
class Choice:
    """What comes next: the place of an item in the release, or the reason to stop."""

    item: int | None
    is_pretest: bool
    remaining: int
    stop_reason: str


@lru_cache(maxsize=8)
def pool(release_id: int, framework_id: int) -> adaptive.Pool:
    """Return the engine's view of a release, built once per process."""
    release, framework = bank.release(release_id), competencies.framework(framework_id)
    place = {competency.code: index for index, competency in enumerate(framework.competencies)}
    clusters = {name: index for index, name in enumerate(sorted({entry.cluster for entry in release.entries}))}
    entries = release.entries
    return adaptive.Pool.build(
        discrimination=[entry.discrimination for entry in entries],
        difficulty=[entry.difficulty for entry in entries],
        guessing=[entry.guessing for entry in entries],
        competency=[place.get(entry.competency, 0) for entry in entries],  # of another framework: never asked
        cluster=[clusters[entry.cluster] for entry in entries],
        domain_of=framework.domain_of,
        is_pretest=[entry.state == "pretest" for entry in entries],
        enemies=[{index, foe} for index, entry in enumerate(entries) for foe in entry.enemies if index < foe],
        graded={index: entry.thresholds for index, entry in enumerate(entries) if entry.thresholds},
        shortlist_length=SHORTLIST,
    )


@lru_cache(maxsize=64)
def _setting(release_id: int, framework_id: int, blueprint_id: int, audience: str, wording: str) -> Setting:
    release, framework = bank.release(release_id), competencies.framework(framework_id)
    components = adaptive.STARTING_COMPONENTS
    prior = adaptive.starting_ability(
        framework.domain_of,
        general=components.general,
        domain=components.domain,
        competency=components.competency,
    )
    items, blueprint = pool(release_id, framework_id), engine_blueprint(Blueprint.objects.get(pk=blueprint_id))
    known = {competency.code for competency in framework.competencies}
    meant = np.array(
        [audience in entry.audiences and entry.competency in known for entry in release.entries], dtype=np.bool_
    )
    worded = meant & np.array([wording in entry.locales for entry in release.entries], dtype=np.bool_)
    is_worded = not adaptive.shortfalls(items, blueprint, eligible=worded)
    return Setting(
        framework=framework,
        release=release,
        pool=items,
        prior=prior,
        blueprint=blueprint,
        eligible=worded if is_worded else meant,
        meant=meant,
        is_worded=is_worded,
        is_single_choice=np.array([entry.interaction in ONE_OF_FEW for entry in release.entries], dtype=np.bool_),
    )


def setting(attempt: Attempt) -> Setting:
    """Return what the steps of `attempt` need."""
    offer = attempt.assessment
    here = _setting(
        attempt.bank_release_id, attempt.framework_id, offer.blueprint_id, offer.audience, attempt.item_wording
    )
    return here if attempt.focus is None else focusing.narrowed(here, attempt)


def prepare(release_id: int, framework_id: int, offer: Assessment, wording: str) -> None:
    """Work out in advance what the attempts at `offer` in `wording` share."""
    _setting(release_id, framework_id, offer.blueprint_id, offer.audience, wording)


def is_offered_in(offer: Assessment, wording: str) -> bool:
    """Say whether the current bank has enough items of `offer` in `wording` (`en`, `plain`)."""
    release_id, framework_id = bank.current_release_id(), competencies.current_framework_id()
    return _setting(release_id, framework_id, offer.blueprint_id, offer.audience, wording).is_worded


def forget() -> None:
    """Drop what this process remembers (between tests)."""
    pool.cache_clear()
    _setting.cache_clear()


def engine_blueprint(row: Blueprint) -> adaptive.Blueprint:
    """Return a blueprint as the engine reads it."""
    return adaptive.Blueprint(
        length_min=row.length_min,
        length_max=row.length_max,
        standard_error_target=row.standard_error_target or None,
        minimum_per_domain=row.domain_minimum,
        minimum_per_competency=row.competency_minimum,
        maximum_per_competency=row.competency_maximum or None,
    )


def begin(attempt: Attempt, seen_before: frozenset[int], here: Setting | None = None) -> None:
    """Put the first item on screen (attempt not saved). Raises BankTooSmall when there is none."""
    here = here or setting(attempt)
    attempt.seen_lately = [index for index, entry in enumerate(here.release.entries) if entry.item_id in seen_before]
    attempt.ability = here.prior.to_bytes()
    choice = _choose(attempt, here, here.prior)
    if choice.item is None:
        raise BankTooSmall
    attempt.selection_log = [choice.item]
    attempt.remaining = choice.remaining


def advance(attempt: Attempt, score: float, here: Setting | None = None) -> Choice:
    """Update what is believed of the person with the answer to the item on screen, and choose what follows.

    Changes `attempt` (not saved): ability, selection_log, pretest_log, remaining.
    """
    here = here or setting(attempt)
    ability = _ability(attempt, here)
    if attempt.position not in attempt.pretest_log:
        ability = adaptive.update(ability, here.pool, attempt.selection_log[-1], score)
        attempt.ability = ability.to_bytes()
    choice = _choose(attempt, here, ability)
    attempt.remaining = choice.remaining
    if choice.item is not None:
        attempt.selection_log = [*attempt.selection_log, choice.item]
        if choice.is_pretest:
            attempt.pretest_log = [*attempt.pretest_log, attempt.position + 1]
    return choice


def _ability(attempt: Attempt, here: Setting) -> adaptive.Ability:
    return adaptive.Ability.from_bytes(bytes(attempt.ability), len(here.framework.domain_of))


def _choose(attempt: Attempt, here: Setting, ability: adaptive.Ability) -> Choice:
    done = attempt.selection_log
    reason = adaptive.stop_reason(ability, here.pool, here.blueprint, done, eligible=here.eligible) if done else None
    if reason is not None:
        return Choice(None, False, 0, reason.value)
    remaining = _remaining(here, ability, len(done) - len(attempt.pretest_log))
    pretest = _pretest(attempt, here)
    if pretest is not None:
        to_come = _with_trials(len(done) + 1, remaining + 1, _trials_left(attempt, here, *done, pretest))
        return Choice(pretest, True, to_come, "")
    remaining = _with_trials(len(done) + 1, remaining, _trials_left(attempt, here, *done))
    item = _select(attempt, here, ability, here.eligible & _format(attempt, here))
    if item is None:
        item = _select(attempt, here, ability, here.eligible)
    if item is None:
        return Choice(None, False, 0, adaptive.StopReason.POOL_EXHAUSTED.value)
    return Choice(item, False, remaining, "")


def _select(attempt: Attempt, here: Setting, ability: adaptive.Ability, eligible: NDArray[np.bool_]) -> int | None:
    return adaptive.select(
        ability,
        here.pool,
        here.blueprint,
        administered=attempt.selection_log,
        eligible=eligible,
        prices=here.prices(),
        seen_lately=_flags(here.pool.size, attempt.seen_lately),
        seed=_seed(attempt, len(attempt.selection_log)),
    )


def _format(attempt: Attempt, here: Setting) -> NDArray[np.bool_]:
    """Draw whether the next item is single choice, graded or neither, as often as in the bank (docs/decisions/0011).

    An item that can be guessed is worth less, a graded one more, so that without this rule half of the bank would
    never be served.
    """
    drawn = _seed(attempt, -len(attempt.selection_log) - 1) / SEED_RANGE
    if drawn < here.single_choice_share:
        return here.is_single_choice
    is_graded = here.is_graded
    is_one = drawn < here.single_choice_share + _share(is_graded, here.eligible)
    return is_graded if is_one else ~(here.is_single_choice | is_graded)


def _share(flags: NDArray[np.bool_], eligible: NDArray[np.bool_]) -> float:
    return float(flags[eligible].mean()) if eligible.any() else 0.0


def _pretest(attempt: Attempt, here: Setting) -> int | None:
    """Return an item on trial when one is due at this position: never one that the person met before."""
    position = len(attempt.selection_log) + 1
    if position not in PRETEST_POSITIONS or not here.on_trial:
        return None
    return adaptive.select_pretest(
        here.pool,
        administered=attempt.selection_log,
        eligible=here.eligible,
        seen_lately=_flags(here.pool.size, attempt.seen_lately),
        seed=_seed(attempt, position),
    )


def _trials_left(attempt: Attempt, here: Setting, *items: int) -> int:
    return len(here.on_trial.difference(attempt.seen_lately, items))


def _with_trials(position: int, remaining: int, trials: int) -> int:
    """Add to the `remaining` items after `position` those on trial that will come among them."""
    for place in PRETEST_POSITIONS:
        if trials and position < place <= position + remaining:
            remaining, trials = remaining + 1, trials - 1
    return remaining


def _flags(size: int, indices: list[int]) -> NDArray[np.bool_] | None:
    if not indices:
        return None
    flags = np.zeros(size, dtype=np.bool_)
    flags[indices] = True
    return flags


def _seed(attempt: Attempt, step: int) -> int:
    """Return a number that only this attempt has at this step, so that equal items are not always the same one."""
    digest = hmac.digest(attempt.mask_secret.encode(), b"select:%d" % step, "sha256")
    return int.from_bytes(digest[:6], "big")


def _remaining(here: Setting, ability: adaptive.Ability, answered: int) -> int:
    """Return about how many items after the next one: precision is expected to grow by each as it has until now."""
    blueprint, least = here.blueprint, max(here.blueprint.length_min - answered, 1)
    most = max(blueprint.length_max - answered, 1)
    target = blueprint.standard_error_target
    if target is None:
        return most - 1
    if not answered:
        return round((least + most) / 2) - 1
    start = adaptive.overall_standard_error(here.prior, here.pool) ** -2
    reached = adaptive.overall_standard_error(ability, here.pool) ** -2
    needed = (target**-2 - reached) / max((reached - start) / answered, 1e-9)
    return int(min(max(np.ceil(needed), least), most)) - 1


def measure(attempt: Attempt, scores: list[float]) -> adaptive.Report:
    """Return what the whole attempt says, by the final sweeps over all its answers (`scores`, in order)."""
    return _report(setting(attempt), believed(attempt, scores))


def believed(attempt: Attempt, scores: list[float]) -> adaptive.Ability:
    """Return what is believed of the person after the final sweeps."""
    here = setting(attempt)
    return adaptive.smooth(here.prior, here.pool, *_counted(attempt, scores))


def trajectory(attempt: Attempt, scores: list[float]) -> list[adaptive.Measure]:
    """Return the overall measure after each answer that counted, in order."""
    here = setting(attempt)
    ability, points = here.prior, []
    for item, score in zip(*_counted(attempt, scores), strict=True):
        ability = adaptive.update(ability, here.pool, item, score)
        points.append(adaptive.overall_measure(ability, here.framework.domain_of, _cuts(here), widening=WIDENING))
    return points


def replayed_ability(attempt: Attempt, scores: list[float]) -> bytes:
    """Return the stored ability as the responses alone give it: the row can always be rebuilt."""
    here = setting(attempt)
    items, counted = _counted(attempt, scores)
    return adaptive.replay(here.prior, here.pool, items, counted).to_bytes()


def rest_scores(attempt: Attempt, scores: list[float]) -> list[int | None]:
    """Return, for each answer, the overall score that all the others give (0 to 1000); None when they are too few."""
    here = setting(attempt)
    items, counted = _counted(attempt, scores)
    rests = iter(adaptive.replay_without_each(here.prior, here.pool, items, counted))
    whole = adaptive.replay(
        here.prior, here.pool, items, counted
    )  # what all say of an item on trial, which adds nothing
    trials = [position in attempt.pretest_log for position in range(1, len(scores) + 1)]
    return [_placed(here, whole if is_trial else next(rests), len(items) - (not is_trial)) for is_trial in trials]


def _placed(here: Setting, rest: adaptive.Ability, answers: int) -> int | None:
    """Return the overall score that so many answers gave, None when they are too few."""
    if answers < LEAST_OTHERS:
        return None
    return adaptive.overall_measure(rest, here.framework.domain_of, ()).score


def _counted(attempt: Attempt, scores: list[float]) -> tuple[list[int], list[float]]:
    kept = [index for index in range(len(scores)) if index + 1 not in attempt.pretest_log]
    return [attempt.selection_log[index] for index in kept], [scores[index] for index in kept]


def _report(here: Setting, ability: adaptive.Ability) -> adaptive.Report:
    return adaptive.report(ability, here.framework.domain_of, _cuts(here), widening=WIDENING)


def _cuts(here: Setting) -> list[int]:
    return [level.cut_score for level in here.framework.levels[1:]]


def entry_at(attempt: Attempt, position: int) -> ReleaseEntry:
    """Return the item served at `position` (from 1)."""
    entry: ReleaseEntry = bank.release(attempt.bank_release_id).entries[attempt.selection_log[position - 1]]
    return entry


def mask(attempt: Attempt) -> OptionMask:
    """Return what makes the options of `attempt` opaque and orders them."""
    return OptionMask(attempt.mask_secret.encode())


def served_id(attempt: Attempt, position: int) -> str:
    """Return the public name of the item served at `position`: it says nothing of the item."""
    digest = hmac.new(attempt.mask_secret.encode(), b"served:%d" % position, hashlib.sha256)
    return digest.hexdigest()[:20]


def was_served(attempt: Attempt, name: str) -> bool:
    """Say whether `name` is that of an item that was on screen before."""
    return any(name == served_id(attempt, position) for position in range(1, attempt.position))


def form_key(attempt: Attempt, position: int) -> str:
    """Return the idempotency key of the page that serves `position`: the same in every tab (double clicks)."""
    return hmac.new(attempt.mask_secret.encode(), b"key:%d" % position, hashlib.sha256).hexdigest()[:32]


def progress(attempt: Attempt, position: int, remaining: int) -> Progress:
    """Return where one is at `position` with about `remaining` items to come after it."""
    here = setting(attempt)
    maximum = _with_trials(0, here.blueprint.length_max, _trials_left(attempt, here))
    return Progress(position, max(min(remaining, maximum - position), 0), maximum)
