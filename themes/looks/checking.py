"""What a look may be made of. What cannot be kept is refused with a sentence and, for a colour, the nearest to it."""

import re
from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kernel.errors import Invalid
from themes import contrast
from themes.colours import guessed, is_hex, normalised
from themes.models import Look
from themes.palettes import nearest_brand, nearest_wash, palette
from themes.tokens import sources

from .homes import leads_somewhere

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
PATH = re.compile(r"/(?!/)[^\s\\?#]*")


class Refused(Invalid):
    """A value cannot be kept; `nearest` could take its place, or is nothing."""

    def __init__(self, sentence: str, *, field: str, nearest: str = "") -> None:
        self.nearest = nearest
        super().__init__(sentence, field=field)


def checked_brand(typed: str) -> str:
    """Return the main colour as it is kept. Raises Refused."""
    brand = _hex(typed, "brand", nearest_brand)
    nearest = nearest_brand(brand)
    if nearest == brand:
        return brand
    sentence = _(
        "Sur le fond de nos pages, un texte de cette couleur serait difficile à lire : contraste de %(ratio)s, il en "
        "faut 4,5. La plus proche qui convient, de la même teinte : %(nearest)s."
    )
    raise Refused(sentence % {"ratio": _worst(brand), "nearest": nearest}, field="brand", nearest=nearest)


def checked_wash(typed: str, brand: str) -> str:
    """Return the light tint as it is kept, or nothing: one is then made from `brand`. Raises Refused."""
    if not typed.strip():
        return ""
    wash = _hex(typed, "wash", lambda meant: nearest_wash(meant, brand))
    nearest = nearest_wash(wash, brand)
    if nearest != wash:
        sentence = _(
            "Sur cette teinte, le texte et vos liens seraient difficiles à lire : contraste de %(ratio)s, il en "
            "faut 4,5. La plus proche qui convient, de la même teinte : %(nearest)s."
        )
        told = {"ratio": _ratio(_least_on(wash, brand)), "nearest": nearest}
        raise Refused(sentence % told, field="wash", nearest=nearest)
    ensure_legible(brand, wash)
    return wash


def ensure_legible(brand: str, wash: str) -> None:
    """Raise Refused when a pair of tokens that the look touches is under its contrast, in any mode.

    By construction there is none: this is the gate, in front of the reckoning.
    """
    if any(not pair.is_legible for pair in palette(brand, wash).pairs()):
        raise Refused(
            _("Ces deux couleurs ne vont pas ensemble : une partie du texte serait illisible."), field="brand"
        )


def checked_home(typed: str) -> str:
    """Return the path of a house's own home page, or nothing. Raises Refused."""
    path = typed.strip()
    if path and not PATH.fullmatch(path):
        sentence = _("Donnez une page de ce site, qui commence par « / » : /parcours/, par exemple.")
        raise Refused(sentence, field="home_path")
    if path and not leads_somewhere(path):
        sentence = _("Aucune page de ce site n’est à l’adresse %(path)s. Ouvrez la page voulue et recopiez la sienne.")
        raise Refused(sentence % {"path": path}, field="home_path")
    return path


def checked_hosts(typed: tuple[str, ...], key: str) -> list[str]:
    """Return host names as they are kept. Raises Refused for what is not one, or for another house's."""
    hosts = sorted({host.strip().lower() for host in typed if host.strip()})
    taken = {host: look.name for look in Look.objects.exclude(key=key).only("name", "hosts") for host in look.hosts}
    for host in hosts:
        if not HOST.fullmatch(host):
            sentence = _("« %(host)s » n’est pas un nom d’hôte : sante.universite.example, sans https:// ni chemin.")
            raise Refused(sentence % {"host": host}, field="hosts")
        if host in taken:
            sentence = _("« %(host)s » est déjà celui de : %(name)s.")
            raise Refused(sentence % {"host": host, "name": taken[host]}, field="hosts")
    return hosts


def _hex(typed: str, field: str, nearest: Callable[[str], str]) -> str:
    """Return `#rrggbb` as typed. Raises Refused, with what was meant, made legible, when it is written otherwise."""
    colour = normalised(typed)
    if is_hex(colour):
        return colour
    meant = guessed(typed) and nearest(guessed(typed))
    if meant:
        sentence = _("Écrivez la couleur avec un dièse et six chiffres ou lettres de a à f : %(meant)s.")
        sentence %= {"meant": meant}
    else:
        sentence = _(
            "Ce n’est pas une couleur : un dièse, puis six chiffres ou lettres de a à f, comme #0a5a57. "
            "La charte de votre établissement la donne sous ce nom : hexadécimal."
        )
    raise Refused(sentence, field=field, nearest=meant)


def _worst(brand: str) -> str:
    light, _dark, _strong = sources()
    grounds = ("paper", "card", "sun-wash", "alarm-wash")
    return _ratio(min(contrast.ratio(brand, light[ground]) for ground in grounds))


def _least_on(wash: str, brand: str) -> float:
    light, _dark, _strong = sources()
    return min(contrast.ratio(colour, wash) for colour in (light["ink"], light["ink-2"], brand))


def _ratio(value: float) -> str:
    return number_format(int(value * 10) / 10, 1)
