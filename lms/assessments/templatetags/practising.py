"""The fields of an item inside a page that may hold several: the templates of the sitting, with ids of their own."""

import re

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from ..practice import Practice

register = template.Library()
# The sitting names fields of the one item on its page. What a reader types is escaped: it cannot hold these quotes.
NAMES = re.compile(r' (id|for|aria-describedby|aria-labelledby)="([^"]+)"')


@register.simple_tag(takes_context=True)
def practice_fields(context: Context, practice: Practice, number: int) -> SafeString:
    """Draw what an item asks; its ids hold its `number` on the page, so that two items never share one."""
    drawn = get_template(f"assessments/interactions/{practice.item['interaction']}.html").template  # type: ignore[attr-defined]
    with override(practice.item["language"]), context.push(item=practice.item, form=practice.form):
        return renamed(drawn.render(context), f"essai-{number}-")


def renamed(html: str, prefix: str) -> SafeString:
    """Return `html`, which templates drew, with `prefix` before each id and each reference to one."""

    def put(found: re.Match[str]) -> str:
        names = " ".join(prefix + name for name in found[2].split())
        return f' {found[1]}="{names}"'

    return mark_safe(NAMES.sub(put, html))  # noqa: S308 - drawn by templates, which escape
