"""Every page in every state: what it is called, where it is, who reads it, what it may cost (docs: design, budgets)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

Stage = dict[str, Any]
Gesture = Callable[[Page], None]
INTERACTIONS = (
    "single_choice", "multiple_choice", "number", "text", "order", "match", "inline_choice", "fill_in", "hotspot",
    "categorize", "graded_choice",
)  # fmt: skip
SECOND_FACTOR = "/compte/second-facteur/mise-en-place/"
EVERYTHING = "?p=geant.dyslexie.espace.contraste.sombre.calme"


@dataclass(frozen=True)
class State:
    """A page in a state. `address` is a path, or what makes one of the stage; `gesture` is made once there."""

    name: str
    kind: str
    address: str | Callable[[Stage], str]
    role: str = ""
    status: int = 200
    gesture: Gesture | None = None

    def path(self, stage: Stage) -> str:
        """Return where the state is."""
        return self.address if isinstance(self.address, str) else self.address(stage)


def _question(name: str, query: str = "", prefix: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"{prefix}/evaluation/s/{stage['questions'][name]}/{query}"


def _simulation(name: str, state: str = "simulations", query: str = "", prefix: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"{prefix}/evaluation/s/{stage[state][name]}/{query}"


def _finish_too_soon(page: Page) -> None:
    page.get_by_role("button", name="J’ai terminé").click()
    page.locator(".error").first.wait_for()


def _explanation(name: str) -> Callable[[Stage], str]:
    return lambda stage: f"/evaluation/s/{stage['explanations'][name]}/explication/1"


def _of(name: str, rest: str, prefix: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"{prefix}/evaluation/s/{stage[name]}/{rest}"


def _certificate(name: str) -> Callable[[Stage], str]:
    return lambda stage: f"/verification/{stage['certificates'][name]}"


def _learning(part: str = "", query: str = "", prefix: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"{prefix}/parcours/{stage['learning']['module']}/{part}{query}"


def _step(number: int, query: str = "") -> Callable[[Stage], str]:
    def address(stage: Stage) -> str:
        key = stage["learning"]["module"]
        return f"/parcours/{key}/{stage['learning']['steps'][key][number]}/{query}"

    return address


def _submit_empty(page: Page) -> None:
    for select in page.locator(".order select").all():  # JavaScript gave each its rank
        select.evaluate("one => { one.value = ''; }")
    page.get_by_role("button", name="Valider").click()
    if page.locator("[data-order]").count():  # lines that nobody moved are validated twice
        page.get_by_role("button", name="Valider").click()
    page.locator(".error").first.wait_for()


def _send_report(text: str) -> Gesture:
    def send(page: Page) -> None:
        page.locator("textarea").fill(text)
        page.get_by_role("button", name="Envoyer").click()
        page.locator(".error" if not text else "h1", has_text="" if not text else "Merci").first.wait_for()

    return send


def _forget_password(page: Page) -> None:
    page.locator("input[name=email]").fill("personne@exemple.fr")
    page.get_by_role("button", name="M’envoyer le lien").click()
    page.get_by_role("heading", name="Regardez vos e-mails").wait_for()


def _wrong_password(page: Page) -> None:
    page.locator("input[name=login]").fill("personne@exemple.fr")
    page.locator("input[name=password]").fill("une phrase qui n’ouvre rien")
    page.locator("main button").click()
    page.locator(".note.alarm, .errorlist").first.wait_for()


def _empty_signup(page: Page) -> None:
    page.locator("main button").click()
    page.locator(".errorlist").first.wait_for()


def _sign_up(page: Page) -> None:
    if not page.locator("input[name=email]").count():  # led to the code that is awaited
        return
    page.locator("input[name=email]").fill("nouvelle@exemple.fr")
    page.locator("input[name=password1]").fill("une phrase longue et calme 41")
    page.locator("main button").first.click()
    page.get_by_role("heading", name="Confirmez votre adresse").wait_for()


def _wrong_code(page: Page) -> None:
    _sign_up(page)
    page.locator("input[name=code]").fill("un code faux")
    page.locator("main button").first.click()
    page.locator(".error").wait_for()


def _other_code(page: Page) -> None:
    page.locator("input[name=code]").fill("000000")
    page.locator("main button").first.click()
    page.locator(".error").wait_for()


def _open_panel(page: Page) -> None:
    page.locator("summary", has_text="Aa").click()


ENVIRONMENTS = (
    "mailbox", "health_record", "secure_messaging", "identity_check", "teleconsultation", "incident",
)  # fmt: skip
PUBLIC = [
    State("home", "public", "/"),
    State("home-en", "public", "/en/"),
    State("home-dark", "public", "/?p=sombre.contraste"),
    State("home-large", "public", f"/{EVERYTHING}"),
    State("home-panel", "public", "/", gesture=_open_panel),
    *[
        State(f"home-{key}{suffix}", "public", f"/?maison={key}{query}")
        for key in ("valserine", "cote-d-ambre")
        for suffix, query in (("", ""), ("-dark", "&p=sombre"), ("-strong", "&p=contraste"))
    ],
    State("legal-valserine-en", "public", "/en/mentions-legales/?maison=valserine"),
    State("catalogue", "catalogue", "/evaluation/"),
    State("catalogue-en", "catalogue", "/en/evaluation/"),
    *[
        State(f"start-{key}", "public", f"/evaluation/{key}/")
        for key in ("placement", "professional", "citizen", "training")
    ],
    State("start-en", "public", "/en/evaluation/placement/"),
    State("barometer", "dashboard", "/barometre/"),
    State("certification", "public", "/certification/"),
    State("legal", "public", "/mentions-legales/"),
    State("privacy", "public", "/vie-privee/"),
    State("privacy-en", "public", "/en/vie-privee/"),
    State("accessibility", "public", "/accessibilite/"),
    State("accessibility-en", "public", "/en/accessibilite/"),
    State("legal-en", "public", "/en/mentions-legales/"),
    State("verification", "public", "/verification/"),
    State("verification-error", "public", "/verification/?code=x", status=422),
    State("verification-valid", "public", _certificate("valid")),
    State("verification-revoked", "public", _certificate("revoked")),
    State("verification-unknown", "public", _certificate("unknown"), status=404),
    State("not-found", "public", "/nulle-part/", status=404),
    State("attempt-unknown", "public", "/evaluation/s/AAAAAAAAAAAAAAAAAAAAAA/", status=404),
]
SITTING = [
    *[State(f"question-{name}", "question", _question(name)) for name in INTERACTIONS],
    *[State(f"error-{name}", "question", _question(name), gesture=_submit_empty, status=422) for name in INTERACTIONS],
    *[State(f"simulation-{name}", "simulation", _simulation(name)) for name in ENVIRONMENTS],
    *[State(f"simulation-{name}-played", "simulation", _simulation(name, "played")) for name in ENVIRONMENTS],
    *[
        State(f"simulation-{name}-dark", "simulation", _simulation(name, "played", "?p=sombre.contraste"))
        for name in ENVIRONMENTS
    ],
    *[
        State(f"simulation-{name}-large", "simulation", _simulation(name, "played", EVERYTHING))
        for name in ENVIRONMENTS
    ],
    State("simulation-en", "simulation", _simulation("incident", prefix="/en")),
    State("simulation-late", "simulation", _simulation("mailbox", query="?geste=1")),
    State("simulation-error", "simulation", _simulation("incident", "untouched"), gesture=_finish_too_soon, status=422),
    State("feedback-simulation", "question", _explanation("simulation")),
    State("question-notice", "question", _question("single_choice", "?deja=1")),
    State("question-en", "question", _question("inline_choice", prefix="/en")),
    State("question-dark", "question", _question("multiple_choice", "?p=sombre.contraste")),
    State("question-large", "question", _question("order", EVERYTHING)),
    State("question-match-large", "question", _question("match", EVERYTHING)),
    *[State(f"feedback-{name}", "question", _explanation(name)) for name in INTERACTIONS],
    *[State(f"feedback-{name}", "question", _of(name, "explication/1")) for name in ("right", "wrong", "unknown")],
    State("feedback-large", "question", _of("wrong", f"explication/1{EVERYTHING}")),
    State("profile", "profile", _of("finished", "profil")),
    State("profile-en", "profile", _of("finished", "profil", "/en")),
    State("profile-dark", "profile", _of("finished", "profil?p=sombre.contraste")),
    State("profile-large", "profile", _of("finished", f"profil{EVERYTHING}")),
    State("profile-previous", "profile", _of("kept", "profil"), role="student"),
    State("review", "profile", _of("finished", "reponses")),
    State("review-en", "profile", _of("finished", "reponses", "/en")),
    State("keep", "public", _of("finished", "garder")),
    State("keep-signed-in", "public", _of("finished", "garder"), role="professional"),
    State("erase", "public", _of("finished", "effacer")),
    State("report", "public", _of("finished", "signaler/1")),
    State("report-error", "public", _of("finished", "signaler/1"), gesture=_send_report(""), status=422),
    State("report-sent", "public", _of("finished", "signaler/1"), gesture=_send_report("La règle a changé.")),
]
PEOPLE = [
    State("login", "public", "/compte/login/"),
    State("login-error", "public", "/compte/login/", gesture=_wrong_password),
    State("signup", "public", "/compte/signup/"),
    State("signup-error", "public", "/compte/signup/", gesture=_empty_signup),
    State("signup-code", "public", "/compte/signup/", gesture=_sign_up),
    State("signup-code-error", "public", "/compte/signup/", gesture=_wrong_code),
    State("signup-en", "public", "/en/compte/signup/"),
    State("password-reset", "public", "/compte/password/reset/"),
    State("password-reset-sent", "public", "/compte/password/reset/", gesture=_forget_password),
    State("password-reset-link", "public", lambda stage: str(stage["reset"])),
    State("password-reset-dead", "public", "/compte/password/reset/key/1-dead/"),
    State("addresses", "public", "/compte/email/", role="student"),
    State("password-change", "public", "/compte/password/change/", role="student"),
    State("panel-signed-in", "public", "/compte/email/?p=sombre", role="student", gesture=_open_panel),
    State("logout", "public", "/compte/logout/", role="student"),
    State("second-factor", "public", "/compte/second-facteur/", role="student"),
    State("second-factor-set-up", "public", f"{SECOND_FACTOR}?p=sombre", role="student"),
    State("second-factor-error", "public", SECOND_FACTOR, role="student", gesture=_other_code, status=422),
    State("learner-empty", "dashboard", "/profil/", role="instructor"),
    State("learner-filled", "dashboard", "/profil/", role="student"),
    State("start-signed-in", "public", "/evaluation/placement/", role="student"),
    State("institution", "dashboard", "/pilotage/", role="coordinator"),
    State("institution-none", "dashboard", "/pilotage/", role="pilot"),
    State("institution-closed", "public", "/pilotage/", role="student", status=404),
    State("ambassadors", "public", "/ambassadeurs/", role="ambassador"),
]


def _practise(page: Page) -> None:
    page.locator("[data-practice] button[name=unknown]").first.click()
    page.locator(".practice .verdict").first.wait_for()


def _practise_nothing(page: Page) -> None:
    page.locator("[data-practice] .actions .button").first.click()
    page.locator(".practice .error, .practice .verdict").first.wait_for()


def _practice(query: str = "", prefix: str = "") -> Callable[[Stage], str]:
    return lambda stage: _learning(f"{stage['learning']['practice']}/", query, prefix)(stage)


LEARNING = [
    State("practice-told", "step", _practice(), gesture=_practise),
    State("practice-told-preferences", "step", _practice(EVERYTHING), gesture=_practise),
    State("practice-error", "step", _practice(), status=422, gesture=_practise_nothing),
    State("check", "profile", _of("checked", "profil")),
    State("check-en", "profile", _of("checked", "profil", "/en")),
    State("check-before-and-after", "profile", _of("checked_after", "profil"), role="student"),
    State("check-whole", "profile", _of("checked_after", "profil?entier=1"), role="student"),
    State("path", "profile", "/profil/chemin/", role="student"),
    State("path-citizens", "profile", "/profil/chemin/?public=citizen", role="student"),
    State("reviews", "profile", "/profil/revisions/", role="student"),
    State("reviews-empty", "profile", "/profil/revisions/", role="reviewer"),
    State("review-card", "step", "/profil/revisions/carte/", role="student"),
    State("reminder-stop", "public", lambda stage: str(stage["stop_reminder"])),
    State("reminder-stop-dead", "public", "/profil/revisions/arreter/x/", status=404),
    State("modules", "catalogue", "/parcours/"),
    State("module", "public", _learning()),
    State("module-preferences", "public", _learning(query=EVERYTHING)),
    State("module-step-gone", "public", _learning(query="?absente=une-etape")),
    *(State(f"step-{number}", "step", _step(number)) for number in range(4)),
    State("step-preferences", "step", _step(0, EVERYTHING)),
    State("step-signed-in", "step", _step(1), role="student"),
    State("module-signed-in", "public", _learning(), role="student"),
    State("sheet", "public", _learning("fiche/")),
    State("end", "public", _learning("bilan/")),
    State("end-signed-in", "public", _learning("bilan/"), role="student"),
    State("whole", "catalogue", _learning("imprimer/")),
    State("journey", "catalogue", lambda stage: f"/parcours/{stage['learning']['journey']}/"),
    State("journey-of-a-profession", "catalogue", "/parcours/six-heures-en-exercice/?metier=infirmier"),
    State("module-gone", "public", lambda stage: f"/parcours/{stage['learning']['gone']}/", status=410),
]


def _at(before: str, name: str = "", after: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"{before}{stage['university'][name] if name else ''}{after}"


def _send_nothing(page: Page) -> None:
    page.locator("main form[method=post] .button").last.click()
    page.locator(".errorlist, .error, .note.alarm").first.wait_for()


def _ask_whose_number(page: Page) -> None:
    page.get_by_label("Numéro étudiant").fill("demo-0001")
    page.get_by_role("button", name="Chercher cette personne").click()
    page.locator(".note.sun", has_text="Lina").wait_for()


ROSTERS, ASKED, HOUSES = "/pilotage/inscriptions/", "/pilotage/prescriptions/", "/pilotage/etablissements/"
UNIVERSITIES = [
    State("join", "public", "/rejoindre/", role="student"),
    State("join-en", "public", "/en/rejoindre/", role="student"),
    State("join-empty", "public", "/rejoindre/", role="professional"),
    State("join-code", "public", _at("/rejoindre/", "code", "/"), role="professional"),
    State("join-stranger", "public", _at("/rejoindre/", "code", "/")),
    State("find", "public", "/demande/", role="student"),
    State("find-error", "public", "/demande/?code=x", role="student", status=404),
    State("asked", "public", _at("/demande/", "asked", "/"), role="student"),
    State("asked-en", "public", _at("/en/demande/", "asked", "/"), role="student"),
    State("sharing", "public", "/profil/partage/", role="student"),
    State("sharing-empty", "public", "/profil/partage/", role="professional"),
    State("rosters", "dashboard", ROSTERS, role="coordinator"),
    State("rosters-en", "dashboard", f"/en{ROSTERS}", role="coordinator"),
    State("rosters-error", "dashboard", ROSTERS, role="coordinator", status=422, gesture=_send_nothing),
    State("roster-columns", "dashboard", _at(ROSTERS, "columns", "/"), role="coordinator"),
    State("roster-preview", "dashboard", _at(ROSTERS, "preview", "/"), role="coordinator"),
    State("places", "dashboard", _at(f"{ROSTERS}cohorte/", "cohort", "/"), role="coordinator"),
    State("team", "dashboard", "/pilotage/equipe/", role="coordinator"),
    State("prescriptions", "dashboard", ASKED, role="coordinator"),
    State("prescribe", "dashboard", f"{ASKED}nouvelle/", role="coordinator"),
    State("prescribe-filled", "dashboard", _at(f"{ASKED}nouvelle/?cohorts=", "cohort"), role="coordinator"),
    State("prescribe-error", "dashboard", f"{ASKED}nouvelle/", role="coordinator", status=422, gesture=_send_nothing),
    State("assignment", "dashboard", _at(ASKED, "assignment", "/"), role="coordinator"),
    State("assignment-found", "dashboard", _at(ASKED, "assignment", "/?q=nulle+part"), role="coordinator"),
    State("assignment-dark", "dashboard", _at(ASKED, "assignment", "/?p=sombre.contraste"), role="coordinator"),
    State("adjustments", "dashboard", f"{ASKED}amenagements/", role="coordinator"),
    State("adjustments-named", "dashboard", f"{ASKED}amenagements/", role="coordinator", gesture=_ask_whose_number),
    State("institutions", "dashboard", HOUSES, role="coordinator"),
    State("institution-facts", "dashboard", f"{HOUSES}demonstration/", role="coordinator"),
    State("institution-cohorts", "dashboard", f"{HOUSES}demonstration/cohortes/", role="coordinator"),
]


def _cohort(name: str, part: str = "", prefix: str = "") -> Callable[[Stage], str]:
    return lambda stage: f"{prefix}/pilotage/cohorte/{stage['figures'][name]}/{part}"


def _pupil(name: str) -> Callable[[Stage], str]:
    return lambda stage: f"/pilotage/cohorte/{stage['figures']['full']}/{stage['figures'][name]}/"


HOUSE, NATIONAL = "/pilotage/etablissement/demonstration/", "/pilotage/national/"
DASHBOARDS = [
    State("definitions", "dashboard", "/pilotage/definitions/"),
    State("definitions-en", "dashboard", "/en/pilotage/definitions/"),
    State("barometer-en", "dashboard", "/en/barometre/"),
    State("barometer-large", "dashboard", f"/barometre/{EVERYTHING}"),
    State("barometer-no-file", "public", "/barometre/?table=x", status=404),
    *[
        State(f"overview{name}", "dashboard", f"{prefix}{HOUSE}{query}", role="coordinator")
        for name, prefix, query in (
            ("", "", ""),
            ("-en", "/en", ""),
            ("-dark", "", "?p=sombre.contraste"),
            ("-large", "", EVERYTHING),
            ("-all-years", "", "?annee=toutes"),
            ("-programme", "", "?filiere=medecine"),
        )
    ],
    State("jury", "dashboard", f"{HOUSE}jury/", role="coordinator"),
    State("jury-en", "dashboard", f"/en{HOUSE}jury/", role="coordinator"),
    State("jury-empty", "dashboard", f"{HOUSE}jury/?au=2020-01-01", role="coordinator"),
    State("jury-error", "dashboard", f"{HOUSE}jury/", role="coordinator", status=422, gesture=_send_nothing),
    State("hours", "dashboard", f"{HOUSE}heures/", role="coordinator"),
    State("hours-en", "dashboard", f"/en{HOUSE}heures/", role="coordinator"),
    State("hours-error", "dashboard", f"{HOUSE}heures/", role="coordinator", status=422, gesture=_send_nothing),
    State("hours-entry", "dashboard", lambda stage: f"{HOUSE}heures/{stage['figures']['hours']}/", role="coordinator"),
    *[
        State(f"cohort{name}", "dashboard", _cohort(which, part, prefix), role="coordinator")
        for name, which, part, prefix in (
            ("", "full", "", ""),
            ("-en", "full", "", "/en"),
            ("-dark", "full", "?p=sombre.contraste", ""),
            ("-large", "full", EVERYTHING, ""),
            ("-empty", "empty", "", ""),
            ("-people", "full", "etudiants/", ""),
            ("-people-none", "full", "etudiants/?q=personne", ""),
            ("-people-empty", "empty", "etudiants/", ""),
            ("-map", "full", "carte/", ""),
            ("-map-dark", "full", "carte/?p=sombre.contraste", ""),
            ("-map-empty", "empty", "carte/", ""),
        )
    ],
    *[State(f"pupil-{name}", "dashboard", _pupil(name), role="coordinator") for name in ("sharing", "hidden", "new")],
    State("national", "dashboard", NATIONAL, role="pilot"),
    State("national-en", "dashboard", f"/en{NATIONAL}", role="pilot"),
    State("national-large", "dashboard", f"{NATIONAL}{EVERYTHING}", role="pilot"),
    State("national-university", "dashboard", f"{NATIONAL}demonstration/", role="pilot"),
]
STATES = [*PUBLIC, *SITTING, *LEARNING, *PEOPLE, *UNIVERSITIES, *DASHBOARDS]
