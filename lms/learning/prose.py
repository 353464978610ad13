"""The limited rich text of modules, as HTML: paragraphs, lists, bold, italics, links. Anything else is dropped."""

from typing import Final

import nh3

TAGS: Final = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "a"}
ATTRIBUTES: Final = {"a": {"href"}}
SCHEMES: Final = {"https", "http", "mailto"}


def clean_html(text: str) -> str:
    """Return `text` with only what a rich text of ours holds; the words inside what is dropped stay, scripts do not."""
    return nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
