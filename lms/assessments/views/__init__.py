"""Pages of the sitting: begin, answer, read the result, keep it or leave."""

from .beginning import begin, catalogue, start
from .leaving import erase, keep, report
from .reports import my_reports
from .result import profile_json, profile_page, profile_pdf, review
from .sitting import answer, feedback, gesture, question

__all__ = [
    "answer",
    "begin",
    "catalogue",
    "erase",
    "feedback",
    "gesture",
    "keep",
    "my_reports",
    "profile_json",
    "profile_page",
    "profile_pdf",
    "question",
    "report",
    "review",
    "start",
]
