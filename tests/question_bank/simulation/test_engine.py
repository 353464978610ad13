"""Playing a simulation is a pure fold: any gestures, never a crash, the same again, a score within its bounds."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.errors import InvalidAnswer
from question_bank.interactions import (
    DONT_KNOW,
    Answer,
    Gesture,
    check,
    explain,
    has_acted,
    parse_form,
    parse_json,
    present,
)
from question_bank.interactions.simulation.goals import Held, held_back
from question_bank.interactions.simulation.interaction import ENVIRONMENTS
from question_bank.interactions.simulation.playing import MOST_GESTURES, ImpossibleGesture, first_state, play
from tests.question_bank.samples import MASK
from tests.question_bank.simulation.scenarios import KEYS, content_of_key, solution_of, world_of

keys = st.sampled_from(KEYS)
picks = st.lists(st.integers(0, 10_000), max_size=40)


def walk(key: str, choices: list[int]) -> list[Gesture]:
    """Return possible gestures, one after the other, as the choices say."""
    environment, world = world_of(key)
    done: list[Gesture] = []
    state = first_state(environment, world)
    for choice in choices:
        possible = [g for g in environment.gestures(world) if not environment.refusal(world, state, g)]
        if not possible:
            break
        done.append(possible[choice % len(possible)])
        state = {**state, **environment.effect(world, state, done[-1])}
    return done


def test_every_environment_has_four_scenarios() -> None:
    found = [world_of(key)[0].kind for key in KEYS]
    assert {kind: found.count(kind) >= 4 for kind in ENVIRONMENTS} == dict.fromkeys(ENVIRONMENTS, True)


@settings(deadline=None)
@given(keys, picks)
def test_moving_about_is_not_acting(key: str, choices: list[int]) -> None:
    environment, done = world_of(key)[0], walk(key, choices)
    assert has_acted(content_of_key(key), done) == any(gesture.do not in environment.quiet for gesture in done)
    assert not has_acted(content_of_key(key), [gesture for gesture in done if gesture.do in environment.quiet])


@settings(deadline=None)
@given(keys, picks)
def test_possible_gestures_lead_to_a_known_state_a_score_and_a_page(key: str, choices: list[int]) -> None:
    environment, world = world_of(key)
    content, done = content_of_key(key), walk(key, choices)
    played = play(environment, world, done)
    aspects = environment.aspects(world)
    assert set(played.state) == set(aspects)
    assert all(value in aspects[aspect] for aspect, value in played.state.items())
    answer = Answer("actions", tuple(done))
    outcome = check(content, answer)
    assert 0 <= outcome.score <= content.top_score
    assert outcome.is_correct == (outcome.score == content.top_score)
    for name in content.wordings:
        shown = present(content, name, MASK, done)
        assert shown["simulation"]["step"] == len(done) + 1
        assert len(explain(content, answer, name)["rows"]) == len(content.answer["goals"])


@settings(deadline=None)
@given(keys, picks)
def test_a_replay_is_equal(key: str, choices: list[int]) -> None:
    environment, world = world_of(key)
    done = walk(key, choices)
    assert play(environment, world, done) == play(environment, world, list(done))
    answer = Answer("actions", tuple(done))
    assert Answer.from_json(answer.to_json()) == answer
    assert present(content_of_key(key), "fr", MASK, done) == present(content_of_key(key), "fr", MASK, done)


@settings(deadline=None)
@given(keys, st.lists(st.integers(0, 10_000), max_size=30))
def test_any_gestures_of_the_scenario_are_played_or_refused_with_a_sentence(key: str, choices: list[int]) -> None:
    environment, world = world_of(key)
    known = list(environment.gestures(world))
    refusal: ImpossibleGesture | None = None
    try:
        play(environment, world, [known[choice % len(known)] for choice in choices])
    except ImpossibleGesture as error:
        refusal = error
    if refusal is not None:
        assert refusal.sentence
        assert 0 <= refusal.index < len(choices)


@settings(deadline=None)
@given(keys, st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)), min_size=1, max_size=5))
def test_gestures_from_nowhere_are_refused(key: str, gestures: list[tuple[str, str, str]]) -> None:
    environment, world = world_of(key)
    strange = [Gesture(*gesture) for gesture in gestures]
    if strange[0] not in set(environment.gestures(world)):
        with pytest.raises(ImpossibleGesture):
            play(environment, world, strange)


@pytest.mark.parametrize("key", KEYS)
def test_the_solution_is_right_in_every_wording_and_by_every_door(key: str) -> None:
    content, done = content_of_key(key), solution_of(key)
    hidden = [_hidden(key, gesture) for gesture in done]
    by_api = parse_json(content, {"kind": "actions", "value": hidden}, MASK)
    by_form = parse_form(content, {"step": str(len(done) + 1)}, MASK, done)
    assert by_api == by_form == content.expected
    assert check(content, by_api).is_correct
    for name in content.wordings:
        told = explain(content, by_api, name)
        assert all(row["is_given"] for row in told["rows"])
        assert told["given"] == told["expected"]


def _hidden(key: str, gesture: Gesture) -> dict[str, str]:
    listed = present(content_of_key(key), "fr", MASK)["simulation"]["gestures"]
    place = list(world_of(key)[0].gestures(world_of(key)[1])).index(gesture)
    return {name: listed[place][name] for name in Gesture._fields}


@pytest.mark.parametrize("key", KEYS)
def test_nothing_done_is_worth_nothing_and_is_no_answer(key: str) -> None:
    content = content_of_key(key)
    assert check(content, Answer("actions", ())).score == 0
    assert check(content, DONT_KNOW).score == 0
    assert not any(row["is_given"] for row in explain(content, DONT_KNOW, "fr")["rows"])
    for parse in (
        lambda: parse_json(content, {"kind": "actions", "value": []}, MASK),
        lambda: parse_form(content, {"step": "1"}, MASK),
    ):
        with pytest.raises(InvalidAnswer):
            parse()


@pytest.mark.parametrize("key", KEYS)
def test_every_cap_can_be_broken_and_limits_the_score(key: str) -> None:
    """A harmful gesture made before the solution: wherever it can be, the score is at most its cap."""
    content, done = content_of_key(key), solution_of(key)
    for goal in content.answer["goals"]:
        if "cap" not in goal or "never" not in goal:
            continue
        patterns = goal["never"] if isinstance(goal["never"], list) else [goal["never"]]
        broken = [score for pattern in patterns for score in _scores_with(key, pattern, done)]
        assert broken, f"{goal['id']}: no harmful gesture fits anywhere in the solution"
        assert max(broken) <= goal["cap"]


def _scores_with(key: str, pattern: dict[str, str], done: list[Gesture]) -> list[int]:
    """Return the scores of the solution with one harmful gesture put in, wherever the rest is still possible."""
    environment, world = world_of(key)
    wanted = [g for g in environment.gestures(world) if all(getattr(g, n) == v for n, v in pattern.items())]
    ways = [[gesture] for gesture in wanted]
    ways += [[Gesture("open", gesture.on), gesture] for gesture in wanted if environment.kind == "mailbox"]
    found = []
    for way in ways:
        for place in range(len(done) + 1):
            tried = _possible(key, [*done[:place], *way, *done[place:]])
            if tried is not None and way[-1] in tried:
                found.append(check(content_of_key(key), Answer("actions", tuple(tried))).score)
    return found


def _possible(key: str, gestures: list[Gesture]) -> list[Gesture] | None:
    """Drop what the harmful gesture made impossible, as a person would."""
    environment, world = world_of(key)
    state, kept = first_state(environment, world), []
    for gesture in gestures:
        if not environment.refusal(world, state, gesture):
            kept.append(gesture)
            state = {**state, **environment.effect(world, state, gesture)}
    return kept


def test_there_is_an_end_to_gestures() -> None:
    key = next(key for key in KEYS if world_of(key)[0].kind == "mailbox")
    environment, world = world_of(key)
    name = world.scene["messages"][0]["id"]
    many = [Gesture("open", name), Gesture("close")] * MOST_GESTURES
    with pytest.raises(ImpossibleGesture) as raised:
        play(environment, world, many)
    assert raised.value.index == MOST_GESTURES


@cache
def _shown(key: str) -> dict[str, Any]:
    return present(content_of_key(key), "fr", MASK)


@pytest.mark.parametrize("key", KEYS)
def test_ids_are_opaque(key: str) -> None:
    from question_bank.interactions import OptionMask

    other = present(content_of_key(key), "fr", OptionMask(b"the secret of another attempt"))["simulation"]
    mine = _shown(key)["simulation"]
    named = [(one["on"], two["on"]) for one, two in zip(mine["gestures"], other["gestures"], strict=True) if one["on"]]
    assert named
    assert all(len(one) == 16 and one != two for one, two in named)


@pytest.mark.parametrize("key", KEYS)
def test_no_rationale_is_in_what_is_shown_first(key: str) -> None:
    content, shown = content_of_key(key), str(_shown(key))
    for goal in content.wording("fr").goals:
        assert goal.rationale not in shown


@pytest.mark.parametrize("key", KEYS)
def test_what_held_a_score_back_is_told(key: str) -> None:
    """A solution cut short misses the goals of a level; the whole one, or no answer, says nothing."""
    content, done = content_of_key(key), solution_of(key)
    for answer in (Answer("actions", tuple(done)), DONT_KNOW):
        assert explain(content, answer, "fr")["scoring"] == {}
    told = explain(content, Answer("actions", tuple(done[:1])), "fr")
    if told["is_correct"]:  # one gesture is the whole of it
        return
    missed = {row["text"] for row in told["rows"] if not row["is_given"]}
    assert told["scoring"]["goals"] and set(told["scoring"]["goals"]) <= missed


def test_a_limit_that_was_not_kept_is_named_before_levels() -> None:
    answer = {
        "goals": [
            {"id": "care", "state": {"place.m2": "soins"}},
            {"id": "fraud", "state": {"place.m4": "reported"}},
            {"id": "safe", "never": {"do": "follow", "on": "m4"}, "cap": 0},
        ],
        "levels": [["care"], ["fraud"]],
    }
    reached = {"place.m2": "soins", "place.m4": "inbox"}
    assert held_back(answer, reached, []) == Held(("fraud",), is_limit=False)
    assert held_back(answer, reached, [Gesture("follow", "m4")]) == Held(("safe",), is_limit=True)
    assert held_back(answer, {**reached, "place.m4": "reported"}, []) == Held((), is_limit=False)
