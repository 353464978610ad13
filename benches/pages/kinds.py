"""What each kind of page may cost (docs: design, budgets), and the pages that stand for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

KB = 1000
Stage = dict[str, Any]


@dataclass(frozen=True)
class Budget:
    """The most a page of a kind may cost; sizes in bytes, styles and scripts compressed."""

    elements: int
    requests: int
    cold: int
    warm: int | None = None
    styles: int | None = None
    scripts: int | None = None


BUDGETS = {
    "question": Budget(150, 6, 60 * KB, 8 * KB, 15 * KB, 15 * KB),
    "simulation": Budget(400, 6, 60 * KB, 12 * KB, 15 * KB, 15 * KB),
    "public": Budget(250, 10, 120 * KB),
    "step": Budget(250, 10, 120 * KB),
    "catalogue": Budget(500, 10, 150 * KB),
    "profile": Budget(500, 10, 150 * KB),
    # Not named by the design: every answer of an attempt (22 at most) with its explanation and its situation, folded.
    "review": Budget(1000, 10, 150 * KB),
    "dashboard": Budget(1500, 10, 200 * KB),
}


@dataclass(frozen=True)
class Example:
    """A page that stands for its kind."""

    name: str
    kind: str
    path: Callable[[Stage], str]
    role: str = ""


INTERACTIONS = (
    "single_choice", "multiple_choice", "number", "text", "order", "match", "inline_choice", "fill_in", "hotspot",
    "categorize", "graded_choice",
)  # fmt: skip


ENVIRONMENTS = (
    "mailbox", "health_record", "secure_messaging", "identity_check", "teleconsultation", "incident",
)  # fmt: skip


def _simulation(environment: str, state: str) -> Callable[[Stage], str]:
    return lambda stage: f"/evaluation/s/{stage[state][environment]}/"


def _question(interaction: str) -> Callable[[Stage], str]:
    return lambda stage: f"/evaluation/s/{stage['questions'][interaction]}/"


def _learning(part: str) -> Callable[[Stage], str]:
    return lambda stage: f"/parcours/{stage['learning']['module']}/{part}"


def _step(number: int) -> Callable[[Stage], str]:
    def path(stage: Stage) -> str:
        key = stage["learning"]["module"]
        return f"/parcours/{key}/{stage['learning']['steps'][key][number - 1]}/"

    return path


EXAMPLES = (
    Example("home", "public", lambda stage: "/"),
    Example("start", "public", lambda stage: "/evaluation/placement/"),
    Example("catalogue", "catalogue", lambda stage: "/evaluation/"),
    *(Example(f"question_{name}", "question", _question(name)) for name in INTERACTIONS),
    *(Example(f"simulation_{name}", "simulation", _simulation(name, "simulations")) for name in ENVIRONMENTS),
    *(Example(f"simulation_{name}_played", "simulation", _simulation(name, "played")) for name in ENVIRONMENTS),
    Example("modules", "catalogue", lambda stage: "/parcours/"),
    Example("module", "public", _learning("")),
    *(Example(f"step_{number}", "step", _step(number)) for number in range(1, 5)),
    Example("sheet", "public", _learning("fiche/")),
    Example("check", "public", _learning("bilan/")),
    Example("journey", "catalogue", lambda stage: f"/parcours/{stage['learning']['journey']}/"),
    Example("feedback", "question", lambda stage: f"/evaluation/s/{stage['wrong']}/explication/1"),
    Example("profile", "profile", lambda stage: f"/evaluation/s/{stage['finished']}/profil"),
    Example("profile_previous", "profile", lambda stage: f"/evaluation/s/{stage['kept']}/profil", "student"),
    Example("review", "review", lambda stage: f"/evaluation/s/{stage['finished']}/reponses"),
    Example("review_longest", "review", lambda stage: f"/evaluation/s/{stage['kept']}/reponses", "student"),
    Example("login", "public", lambda stage: "/compte/login/"),
    Example("verification", "public", lambda stage: f"/verification/{stage['certificates']['valid']}"),
    Example("learner", "dashboard", lambda stage: "/profil/", "student"),
    Example("institution", "dashboard", lambda stage: "/pilotage/", "coordinator"),
    Example("barometer", "dashboard", lambda stage: "/barometre/"),
)
