"""Two universities that do not exist, each with a face: seen by their people, by their host, or by `?maison=`."""

from datetime import datetime
from pathlib import Path

from lms.cohorts.api import Institution
from themes.api import Look, Wishes, drawn_again, save_look

LOGOS = Path(__file__).parent / "logos"
VALSERINE = "valserine"
# Browsers send every name under .localhost to this machine: http://valserine.localhost:8000 shows a university's host.
LOOKS = {
    VALSERINE: Wishes(
        name="Université de Valserine",
        brand="#1f4b8e",
        contact="numerique-sante@valserine.example",
        website="https://www.valserine.example/",
        welcome="Bienvenue aux étudiantes et étudiants en santé de Valserine. Commencez par vous situer : vos "
        "enseignants ne voient pas vos réponses.",
        welcome_en="Welcome to Valserine’s health students. Begin by finding where you stand: your teachers do not see "
        "your answers.",
        hosts=("valserine.localhost",),
    ),
    "cote-d-ambre": Wishes(
        name="Université de la Côte d’Ambre",
        brand="#8a1f4d",
        wash="#f9e8ec",
        contact="socle@cote-d-ambre.example",
        website="https://www.cote-d-ambre.example/",
        welcome="Ici commence votre formation au numérique en santé. Une question ? L’équipe du campus du Phare vous "
        "répond.",
        welcome_en="Your training in digital health begins here. A question? The Phare campus team is there to answer.",
        hosts=("cote-d-ambre.localhost",),
    ),
}


LOCAL = ("127.0.0.1", "localhost")


def seed_looks(*, university: Institution, now: datetime) -> None:
    """Write both looks, once, whatever became of them; people of `university` see the first."""
    for key, wishes in LOOKS.items():
        if not Look.objects.filter(key=key).exists():
            save_look(key=key, wishes=_with_logo(key, wishes), actor_id=None, now=now)
    if university.look_id is None:
        university.look = Look.objects.get(key=VALSERINE)
        university.save(update_fields=["look"])


def doors(host: str) -> list[dict[str, str]]:
    """Return where each university is seen from `host`: at its own host on one's machine, else for one page."""
    name, _, port = host.partition(":")
    is_local = name in LOCAL or name.endswith(".localhost")
    return [
        {"name": wishes.name, "url": f"http://{wishes.hosts[0]}:{port or 80}/" if is_local else f"?maison={key}"}
        for key, wishes in LOOKS.items()
    ]


def _with_logo(key: str, wishes: Wishes) -> Wishes:
    path = LOGOS / f"{key}.png"
    with path.open("rb") as file:
        return Wishes(**{**vars(wishes), "logo": drawn_again(file, path.stat().st_size)})
