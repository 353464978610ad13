"""Who one can be in the demonstration, and the page each begins on. Plain data: `./demo --check` reads it too."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Visitor:
    """A role to enter as. Without an e-mail address there is no account: that is how citizens come."""

    key: str
    label: str | Promise
    page: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    is_of_institution: bool = False
    audience: str = ""


VISITORS = (
    Visitor("student", _("Étudiante"), "/profil/", "lina@demo.example", "Lina", "Moreau", "learner", True),
    Visitor(
        "professional",
        _("Professionnel"),
        "/profil/",
        "karim@demo.example",
        "Karim",
        "Benali",
        "learner",
        audience="professional",
    ),
    Visitor("citizen", _("Citoyen"), "/evaluation/citizen/"),
    Visitor("ambassador", _("Ambassadrice"), "/ambassadeurs/", "odile@demo.example", "Odile", "Garnier", "ambassador"),
    Visitor("instructor", _("Enseignant"), "/pilotage/", "paul@demo.example", "Paul", "Lefèvre", "instructor", True),
    Visitor(
        "coordinator",
        _("Coordinatrice"),
        "/pilotage/",
        "claire@demo.example",
        "Claire",
        "Roche",
        "coordinator",
        True,
    ),
    Visitor(
        "invigilator",
        _("Surveillant"),
        "/certification/",
        "yann@demo.example",
        "Yann",
        "Le Goff",
        "invigilator",
        True,
    ),
    Visitor("author", _("Autrice"), "/cms/", "ines@demo.example", "Inès", "Faure", "author"),
    Visitor("reviewer", _("Relecteur"), "/cms/", "hugo@demo.example", "Hugo", "Martin", "reviewer"),
    Visitor("pilot", _("Pilote national"), "/pilotage/national/", "sofia@demo.example", "Sofia", "Petit", "pilot"),
)
BY_KEY = {visitor.key: visitor for visitor in VISITORS}
