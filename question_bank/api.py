"""The front door of the bank.

An item is asked with `present`, read with `parse_form` or `parse_json`, judged with `check`, told with `explain`.
A release is what an attempt draws from; an item in it is an index. Both are read once per process.
`files` is what files of other kinds borrow from item files.
"""

from .authoring.artefact_blocks import artefact_block, to_artefact, to_stream
from .authoring.labels import competencies as competency_choices
from .authoring.labels import interaction as interaction_label
from .authoring.labels import professions as profession_choices
from .authoring.roles import AUTHORS, READERS, REVIEWERS, prepare_authoring
from .authoring.selectors import is_known
from .authoring.writing import create_draft, submit_draft
from .interactions import (
    DONT_KNOW,
    Answer,
    check,
    explain,
    gesture_refusal,
    has_acted,
    is_played,
    parse_form,
    parse_json,
    present,
    read_gesture,
)
from .itemfiles import door as files
from .itemfiles.reading import read_items
from .itemfiles.references import known_capacities
from .itemfiles.serving import register_offers
from .selectors import current_release_id, exposure_prices, forget, item_content, read_contents, release
from .services import forget_reporter, load_items, publish_release, record_exposure, report_item
from .services.dumping import dump_items
from .services.versions import PRIOR_DIFFICULTY as EXPECTED_DIFFICULTY
from .statistics.access import may_act, may_read, readers_only
from .statistics.counting import count_attempts, empty_counts, keep_counts
from .statistics.runs import keep_simulation, last_simulation
from .statistics.selectors import reports_of
from .statistics.words import report_label

stored_answer = Answer.from_json  # the answer that Answer.to_json wrote

__all__ = [
    "AUTHORS",
    "DONT_KNOW",
    "EXPECTED_DIFFICULTY",
    "READERS",
    "REVIEWERS",
    "artefact_block",
    "check",
    "competency_choices",
    "count_attempts",
    "create_draft",
    "current_release_id",
    "dump_items",
    "empty_counts",
    "explain",
    "exposure_prices",
    "files",
    "forget",
    "forget_reporter",
    "gesture_refusal",
    "has_acted",
    "interaction_label",
    "is_known",
    "is_played",
    "item_content",
    "keep_counts",
    "keep_simulation",
    "known_capacities",
    "last_simulation",
    "load_items",
    "may_act",
    "may_read",
    "parse_form",
    "parse_json",
    "prepare_authoring",
    "present",
    "profession_choices",
    "publish_release",
    "read_contents",
    "read_gesture",
    "read_items",
    "readers_only",
    "record_exposure",
    "register_offers",
    "release",
    "report_item",
    "report_label",
    "reports_of",
    "stored_answer",
    "submit_draft",
    "to_artefact",
    "to_stream",
]
