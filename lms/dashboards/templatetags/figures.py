"""What pages of figures say with their tables: cells as people read them, and the way to a definition."""

from dataclasses import dataclass
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..definitions import definition as known_definition
from ..tables.responding import FileLink, links, page_link
from ..tables.types import Column, Kind, Mask, Table
from ..tables.values import is_mask, shown

register = template.Library()


@dataclass(frozen=True)
class Cell:
    """A cell as it is read."""

    text: str
    is_number: bool
    is_masked: bool
    word: str = ""  # what it is, where no heading stands above it; a text says it by itself


@dataclass(frozen=True)
class Read:
    """The rows of a table as people read them, and why some cells say nothing, each reason once."""

    rows: list[list[Cell]]
    reasons: list[str]


@register.filter
def read(table: Table) -> Read:
    """Return what a table says; its rows are read once."""
    rows, masks = [], set()
    for row in table:
        rows.append([_cell(column, value) for column, value in zip(table.columns, row, strict=True)])
        masks |= {value for value in row if isinstance(value, Mask)}
    return Read(rows, [str(mask.reason) for mask in Mask if mask in masks and mask.reason])


@register.filter
def cells(row: list[Cell], address: str = "") -> SafeString:
    """Return a row as it is written, its first cell a heading that leads to `address` when there is one.

    A page has two thousand cells: taking each through the template costs more than all of its queries.
    """
    name = escape(row[0].text)
    heading = f'<a href="{escape(address)}">{name}</a>' if address else name
    return SafeString(f'<th scope="row">{heading}</th>' + "".join(_written(cell) for cell in row[1:]))


@register.filter
def line(row: list[Cell]) -> SafeString:
    """Return a row as it is written in a table that becomes a list on a phone: each figure with its word."""
    written = "".join(_written(cell, f' data-word="{escape(cell.word)}"' if cell.word else "") for cell in row[1:])
    return SafeString(f'<th scope="row">{escape(row[0].text)}</th>{written}')


@register.simple_tag(takes_context=True)
def table_files(context: Any, table: Table) -> list[FileLink]:
    """Return the links to the files of a table."""
    return links(context["request"], table)


@register.simple_tag(takes_context=True)
def page_file(context: Any) -> str:
    """Return the address of the page itself as PDF."""
    return page_link(context["request"])


@register.simple_tag(takes_context=True)
def definition(context: Any, key: str) -> SafeString:
    """Return the small link to what a figure counts; nothing for a figure without a definition."""
    known = known_definition(key) if key else None
    if known is None:
        return SafeString("")
    address = f"{reverse('dashboards:definitions')}{context.get('p', '')}#{key}"
    return format_html(
        '<a class="definition" href="{}"><span aria-hidden="true">?</span><span class="hidden">{}</span></a>',
        address,
        _("Définition : %(name)s") % {"name": known.name},
    )


def _written(cell: Cell, word: str = "") -> str:
    looks = ' class="num"' if cell.is_number else ' class="muted"' if cell.is_masked else ""
    return f"<td{looks}{word}>{escape(cell.text)}</td>"


def _cell(column: Column, value: Any) -> Cell:
    is_masked = is_mask(value)
    word = "" if column.kind == Kind.TEXT else column.label
    return Cell(shown(column, value), column.is_number and not is_masked, is_masked, word)
