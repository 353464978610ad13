"""What files of other kinds (modules, journeys) borrow from item files: shapes, reader, rules, references."""

from question_bank.shapes import (
    WEB_ADDRESS,
    Keys,
    Problem,
    Say,
    Shape,
    day,
    fields,
    listing,
    matching,
    nearest,
    one_of,
    text,
    web_address,
    whole,
)

from .artefacts import OPTIONAL as ARTEFACT_OPTIONAL
from .artefacts import REQUIRED as ARTEFACT_REQUIRED
from .artefacts import artefact
from .item_shape import AUDIENCES, COMPETENCY, KEY, STATUSES
from .prose import markup_problems, texts, typography_problems
from .reader import read_item_file
from .reading import in_order, shown
from .references import item_file, known_capacities, known_facts, known_professions, read_data
from .writer import item_text

__all__ = [
    "ARTEFACT_OPTIONAL",
    "ARTEFACT_REQUIRED",
    "AUDIENCES",
    "COMPETENCY",
    "KEY",
    "STATUSES",
    "WEB_ADDRESS",
    "Keys",
    "Problem",
    "Say",
    "Shape",
    "artefact",
    "day",
    "fields",
    "in_order",
    "item_file",
    "item_text",
    "known_capacities",
    "known_facts",
    "known_professions",
    "listing",
    "markup_problems",
    "matching",
    "nearest",
    "one_of",
    "read_data",
    "read_item_file",
    "shown",
    "text",
    "texts",
    "typography_problems",
    "web_address",
    "whole",
]
