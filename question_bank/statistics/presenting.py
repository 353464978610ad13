"""From figures to what a page, a picture and JSON show of an item."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from question_bank.models import CalibrationState, ItemCalibration
from themes import pictures

from .figures import ItemFigures, Share
from .scales import GROUPS
from .selectors import ItemSheet
from .thresholds import limit, thresholds
from .words import choice_remark, remarks

MOST_LINES = 6  # in a picture; the table has them all
Monthly = Sequence[tuple[date, Share]]


def item_page(sheet: ItemSheet) -> dict[str, Any]:
    """Return what the page of an item shows."""
    found = sheet.figures
    return {
        "key": sheet.item.key,
        "title": sheet.content.wording("plain" if sheet.variant == "plain" else "fr").title,
        "question": sheet.content.wording("plain" if sheet.variant == "plain" else "fr").question,
        "variant": sheet.variant,
        "variants": [
            {"key": key, "label": variant_label(key), "is_on": key == sheet.variant} for key in sheet.variants
        ],
        "remarks": remarks(found, has_single_key=sheet.has_single_key, exposure=sheet.exposure),
        "figures": _figures(sheet),
        "groups": _groups(found),
        "choices": _choices(sheet),
        "has_single_key": sheet.has_single_key,
        "by_group_picture": by_group_picture(sheet) if found.responses else "",
        "by_month_picture": by_month_picture(sheet) if len(found.by_month) > 1 else "",
        "months": _months(found.by_month),
        "earlier": sheet.earlier,
        "thresholds": list(thresholds().values()),
    }


def variant_label(key: str) -> str:
    """Name a variant of an item."""
    return _("En français facile") if key == "plain" else _("En français et en anglais")


def _figures(sheet: ItemSheet) -> list[tuple[str, str, str]]:
    """Return the lines of the summary: name, figure, what it rests on."""
    found = sheet.figures
    of_exposure = _("%(served)s personnes sur %(finished)s qui auraient pu la recevoir") % {
        "served": sheet.exposure.count,
        "finished": sheet.exposure.of,
    }
    return [
        (_("Servie"), number_format(found.responses), _("réponses comptées dans cette version")),
        (_("Exposition"), percent(sheet.exposure), of_exposure),
        (_("Bonne réponse"), percent(found.right), _("celles que le hasard a données comptent aussi")),
        *([(_("En partie juste"), percent(found.partly), "")] if sheet.content.top_score > 1 else []),
        (_("« Je ne sais pas »"), percent(found.unknown), ""),
        (
            _("Distinction"),
            decimal(found.discrimination),
            _("corrélation avec les autres réponses de la personne ; bonne à partir de %(limit)s")
            % {"limit": decimal(limit("good_discrimination"))},
        ),
        (_("Temps médian"), seconds(found.median_seconds), _("du moment où elle est servie à la réponse")),
        (
            _("Neuf personnes sur dix répondent en"),
            seconds(found.p90_seconds),
            _("au plus ; au-delà de neuf minutes, compté neuf"),
        ),
        (_("Calibration"), calibration_state(sheet.calibration, found.responses), calibration_words(sheet.calibration)),
    ]


def calibration_state(row: ItemCalibration | None, responses: int) -> str:
    """Say how the parameters of an item are known."""
    if row is None:
        return _("aucune")
    if row.state == CalibrationState.CALIBRATED:
        return _("calibrée")
    if row.state == CalibrationState.PRETEST:
        needed = round(limit("promotion_responses"))
        return _("à l’essai : %(count)s réponses sur %(needed)s") % {"count": responses, "needed": needed}
    return _("non calibrée : difficulté attendue par l’auteur")


def calibration_words(row: ItemCalibration | None) -> str:
    """Return the parameters of an item and the error of its difficulty."""
    if row is None:
        return ""
    values = {
        "a": decimal(row.discrimination),
        "b": decimal(row.difficulty),
        "c": decimal(row.guessing),
        "error": _("inconnue") if row.standard_error_b is None else f"±{decimal(row.standard_error_b)}",
    }
    return _("a = %(a)s, b = %(b)s, c = %(c)s ; erreur de b : %(error)s") % values


def _groups(found: ItemFigures) -> list[dict[str, Any]]:
    return [
        {"label": group_label(group), "share": percent(share), "of": share.of}
        for group, share in zip(GROUPS, found.by_group, strict=True)
    ]


def group_label(group: int) -> str:
    """Name a score group."""
    names = (_("les plus faibles"), _("faibles"), _("moyens"), _("forts"), _("les plus forts"))
    return names[group - 1]


def _choices(sheet: ItemSheet) -> list[dict[str, Any]]:
    return [
        {
            "mark": one.named.mark,
            "text": one.named.text,
            "is_key": one.named.is_key,
            "share": percent(one.share),
            "count": one.share.count,
            "by_group": [percent(share) for share in one.by_group],
            "correlation": decimal(one.correlation),
            "remark": choice_remark(one) if sheet.has_single_key else "",
        }
        for one in sheet.figures.choices
    ]


def _months(by_month: Monthly) -> list[dict[str, Any]]:
    return [{"month": month, "share": percent(share), "of": share.of} for month, share in by_month]


def by_group_picture(sheet: ItemSheet) -> SafeString:
    """Draw who answers right, and who takes each choice, from the weakest fifth to the strongest."""
    found = sheet.figures
    series = _series(sheet, [one.by_group for one in found.choices], found.by_group)
    return pictures.lines(series, [str(group) for group in GROUPS], title=_("Réponses selon la force des personnes"))


def by_month_picture(sheet: ItemSheet) -> SafeString:
    """Draw the same month by month."""
    found = sheet.figures
    shares = [[share for _month, share in one.by_month] for one in found.choices]
    ticks = [date_format(month, "m/y") for month, _share in found.by_month]
    return pictures.lines(
        _series(sheet, shares, [share for _month, share in found.by_month]), ticks, title=_("Réponses mois par mois")
    )


def _series(sheet: ItemSheet, choices: Sequence[Sequence[Share]], right: Sequence[Share]) -> list[dict[str, Any]]:
    """The choices when one is taken, the key in bold; else the right answers alone."""
    if not sheet.has_single_key:
        return [{"label": _("Bonne réponse"), "mark": "✓", "values": _drawn(right), "is_main": True}]
    named = [one.named for one in sheet.figures.choices][:MOST_LINES]
    return [
        {
            "label": _("%(mark)s (clé)") % {"mark": one.mark} if one.is_key else one.mark,
            "mark": one.mark,
            "values": _drawn(shares),
            "is_main": one.is_key,
        }
        for one, shares in zip(named, choices, strict=False)
    ]


def _drawn(shares: Sequence[Share]) -> list[float | None]:
    return [share.value if share.of >= limit("least_group") else None for share in shares]


def percent(share: Share) -> str:
    """Write a share in hundredths, or a dash when it is out of nothing."""
    return f"{round(100 * share.value)}\u00a0%" if share.of else "–"


def decimal(value: float | None) -> str:
    """Write a figure with two decimals, or a dash."""
    return "–" if value is None else str(number_format(round(value, 2), 2)).replace("-", "−")


def seconds(value: float | None) -> str:
    """Write a time in seconds, or a dash."""
    return "–" if value is None else _("%(seconds)s s") % {"seconds": round(value)}


def item_json(sheet: ItemSheet) -> dict[str, Any]:
    """Return the figures of an item as data."""
    found, row = sheet.figures, sheet.calibration
    return {
        "key": sheet.item.key,
        "variant": sheet.variant,
        "responses": found.responses,
        "right": found.right.value,
        "unknown": found.unknown.value,
        "discrimination": found.discrimination,
        "by_group": [{"group": g, "right": s.value, "of": s.of} for g, s in zip(GROUPS, found.by_group, strict=True)],
        "by_month": [{"month": m.isoformat(), "right": s.value, "of": s.of} for m, s in found.by_month],
        "choices": [
            {
                "id": one.named.label,
                "is_key": one.named.is_key,
                "share": one.share.value,
                "correlation": one.correlation,
                "by_group": [share.value for share in one.by_group],
            }
            for one in found.choices
        ],
        "seconds": {"median": found.median_seconds, "p90": found.p90_seconds},
        "exposure": {"served": sheet.exposure.count, "finished": sheet.exposure.of},
        "calibration": None
        if row is None
        else {
            "state": row.state,
            "a": row.discrimination,
            "b": row.difficulty,
            "c": row.guessing,
            "standard_error_b": row.standard_error_b,
        },
        "remarks": [
            {"sentence": one.sentence, "threshold": one.threshold, "is_warning": one.is_warning}
            for one in remarks(found, has_single_key=sheet.has_single_key, exposure=sheet.exposure)
        ],
    }
