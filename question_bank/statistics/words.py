"""What the figures of an item mean, in plain words, most pressing first; each sentence names its threshold."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .figures import ChoiceFigures, ItemFigures, Share
from .thresholds import limit


@dataclass(frozen=True)
class Remark:
    """A sentence for the item's authors. `is_warning`: something to do; `threshold`: the key of what decided."""

    sentence: str
    threshold: str
    is_warning: bool = True


def remarks(found: ItemFigures, *, has_single_key: bool, exposure: Share) -> list[Remark]:
    """Return what is worth saying of an item. `has_single_key`: one choice is taken, and one is right."""
    if found.responses < limit("least_responses"):
        return [_too_few(found)]
    said = [*_of_key(found, has_single_key), *_of_distractors(found, has_single_key), *_of_outcome(found)]
    said += [*_of_time(found), *_of_use(exposure)]
    return said or [_nothing(found)]


def _nothing(found: ItemFigures) -> Remark:
    if found.discrimination is not None and found.discrimination >= limit("good_discrimination"):
        sentence = _("Rien à signaler : la situation distingue bien les personnes.")
    else:
        sentence = _("Rien à signaler.")
    return Remark(sentence, "good_discrimination", is_warning=False)


def _too_few(found: ItemFigures) -> Remark:
    values = {"count": str(found.responses), "needed": str(round(limit("least_responses")))}
    return Remark(
        _("Trop peu de réponses pour conclure (%(count)s sur %(needed)s).") % values,
        "least_responses",
        is_warning=False,
    )


def _of_key(found: ItemFigures, has_single_key: bool) -> Iterator[Remark]:
    for one in found.choices if has_single_key else ():
        if not one.named.is_key and one.correlation is not None and one.correlation > limit("attractive_distractor"):
            sentence = _("Le choix %(mark)s attire les meilleurs : relire la clé.") % {"mark": one.named.mark}
            yield Remark(sentence, "attractive_distractor")
    known = found.discrimination
    if known is not None and known < 0:
        yield Remark(_("Les plus forts se trompent plus que les autres : relire la clé."), "weak_discrimination")
    elif known is not None and known < limit("weak_discrimination"):
        yield Remark(
            _("La situation distingue mal les personnes : la question est-elle claire ?"), "weak_discrimination"
        )


def _of_distractors(found: ItemFigures, has_single_key: bool) -> Iterator[Remark]:
    for one in found.choices if has_single_key else ():
        if not one.named.is_key and one.share.value < limit("idle_distractor"):
            sentence = _("Presque personne ne choisit %(mark)s : distracteur à revoir.") % {"mark": one.named.mark}
            yield Remark(sentence, "idle_distractor")


def _of_outcome(found: ItemFigures) -> Iterator[Remark]:
    if found.right.value > limit("too_easy"):
        yield Remark(_("Presque tout le monde répond juste : la situation mesure peu."), "too_easy")
    if found.right.value < limit("too_hard"):
        yield Remark(_("Presque personne ne répond juste : relire la clé et la question."), "too_hard")
    if found.unknown.value > limit("many_unknown"):
        yield Remark(_("Beaucoup répondent « Je ne sais pas » : la question est-elle claire ?"), "many_unknown")


def _of_time(found: ItemFigures) -> Iterator[Remark]:
    if found.median_seconds is not None and found.median_seconds > limit("slow_seconds"):
        minutes = int(found.median_seconds // 60)
        sentence = ngettext(
            "La moitié des personnes y passent plus de %(minutes)s minute : à raccourcir.",
            "La moitié des personnes y passent plus de %(minutes)s minutes : à raccourcir.",
            minutes,
        )
        yield Remark(sentence % {"minutes": str(minutes)}, "slow_seconds")


def _of_use(exposure: Share) -> Iterator[Remark]:
    if exposure.of >= limit("least_responses") and exposure.value > limit("many_served"):
        yield Remark(_("Elle est servie trop souvent : écrire d’autres situations du même niveau."), "many_served")


def choice_remark(one: ChoiceFigures) -> str:
    """Return in two words how a choice is doing, for its line of the table."""
    if one.share.of < limit("least_responses"):
        return ""
    if one.named.is_key:
        is_weak = one.correlation is not None and one.correlation < limit("weak_discrimination")
        return _("clé peu nette") if is_weak else ""
    if one.correlation is not None and one.correlation > limit("attractive_distractor"):
        return _("attire les meilleurs")
    return _("presque jamais choisi") if one.share.value < limit("idle_distractor") else ""


def report_label(status: str) -> str:
    """Name where a report stands, to authors and reporters alike."""
    return {
        "new": _("à lire"),
        "confirmed": _("confirmé, à corriger"),
        "dismissed": _("sans suite"),
        "fixed": _("corrigé"),
    }.get(status, status)
