"""Writing the bank."""

from .exposure import record_exposure
from .loading import load_items
from .releasing import publish_release
from .reports import forget_reporter, report_item

__all__ = ["forget_reporter", "load_items", "publish_release", "record_exposure", "report_item"]
