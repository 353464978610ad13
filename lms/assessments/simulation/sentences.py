"""A simulation in sentences: what the bank measures, and what more items would bring."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from competencies import api as competencies


def sentences(result: dict[str, Any], language: str = "fr") -> list[str]:
    """Return a result of `simulate` in the active language (`language` names the titles of domains)."""
    more = {one["domain"]: one for one in result["additions"]}
    titles = {domain.code: domain.title(language) for domain in competencies.current_framework().domains}
    said = [_overall(result)]
    for domain in result["domains"]:
        title = titles.get(domain["key"], domain["title"])
        said.append(_domain(title, domain, more.get(domain["key"]), result["length"]["mean"]))
    return [*said, _use(result), *_lacks(result), *_provisional(result)]


def _overall(result: dict[str, Any]) -> str:
    return _("Cette banque mesure l’ensemble à ±%(error)s en %(length)s situations (erreur type, en logits).") % {
        "error": two(result["overall"]["mean_se"]),
        "length": whole(result["length"]["mean"]),
    }


def _domain(title: str, domain: dict[str, Any], more: dict[str, Any] | None, length: float) -> str:
    said = {"title": title, "error": two(domain["mean_se"]), "length": whole(length)}
    if more is None:
        return _("Cette banque mesure « %(title)s » à ±%(error)s en %(length)s situations.") % said
    said |= {"items": str(more["items"]), "level": str(more["level"])}
    if not more["is_clear"]:
        return (
            _(
                "Cette banque mesure « %(title)s » à ±%(error)s en %(length)s situations ; "
                "%(items)s situations de plus, même de niveau %(level)s (le plus utile), "
                "n’y changeraient rien de mesurable."
            )
            % said
        )
    said |= {"error": two(more["mean_se_before"]), "better": two(more["mean_se"])}
    return (
        _(
            "Cette banque mesure « %(title)s » à ±%(error)s en %(length)s situations ; %(items)s situations de niveau "
            "%(level)s de plus donneraient ±%(better)s."
        )
        % said
    )


def _use(result: dict[str, Any]) -> str:
    use = result["exposure"]
    said = _(
        "La situation la plus servie l’est à %(most)s %% des personnes (limite visée : %(limit)s %%) ; "
        "deux personnes ont %(overlap)s %% de situations en commun ; "
        "%(never)s situations sur %(usable)s n’ont servi à personne."
    )
    return said % {
        "most": percent(use["max"]),
        "limit": percent(use["limit"]),
        "overlap": percent(result["overlap"]),
        "never": str(use["never_served"]),
        "usable": str(use["usable"]),
    }


def _lacks(result: dict[str, Any]) -> list[str]:
    named = {
        "length": _("Il manque des situations : %(available)s pour une évaluation de %(needed)s."),
        "exposure": _(
            "%(available)s situations peuvent être servies ; il en faudrait %(needed)s pour qu’aucune ne le soit à "
            "plus d’un quart des personnes."
        ),
        "domain": _("%(where)s : %(available)s situations, il en faut %(needed)s par évaluation."),
        "competency": _("%(where)s : %(available)s situations, il en faut %(needed)s par évaluation."),
        "clusters": _("%(available)s groupes de situations différents, pour une évaluation de %(needed)s."),
    }
    return [named[one["kind"]] % one for one in result["shortfalls"]]


def _provisional(result: dict[str, Any]) -> list[str]:
    said = _(
        "Les difficultés sont encore celles que les auteurs attendent : ces chiffres supposent qu’elles sont justes, "
        "et seront refaits après calibration."
    )
    return [said] if result["is_provisional"] else []


def two(value: float) -> str:
    """Write a figure with two decimals, as the language does."""
    return str(number_format(round(value, 2), 2))


def whole(value: float) -> str:
    """Write a figure without decimals."""
    return str(round(value))


def percent(value: float) -> str:
    """Write a share in hundredths."""
    return str(round(100 * value))
