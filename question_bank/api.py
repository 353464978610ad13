"""The front door of the bank.

An item is asked with `present`, read with `parse_form` or `parse_json`, judged with `check`, told with `explain`.
A release is what an attempt draws from; an item in it is an index. Both are read once per process.
"""

from .interactions import DONT_KNOW, Answer, check, explain, parse_form, parse_json, present
from .itemfiles.references import known_capacities
from .selectors import current_release_id, exposure_prices, forget, item_content, release
from .services import forget_reporter, load_items, publish_release, record_exposure, report_item
from .services.dumping import dump_items

stored_answer = Answer.from_json  # the answer that Answer.to_json wrote

__all__ = [
    "DONT_KNOW",
    "check",
    "current_release_id",
    "dump_items",
    "explain",
    "exposure_prices",
    "forget",
    "forget_reporter",
    "item_content",
    "known_capacities",
    "load_items",
    "parse_form",
    "parse_json",
    "present",
    "publish_release",
    "record_exposure",
    "release",
    "report_item",
    "stored_answer",
]
