"""What a step is made of: one small block per thing that teaches, one file per family.

A raw value is what Wagtail stores: `{"type": "text", "value": …, "id": …}`. docs/learning.md lists them.
"""

from .bodies import SheetBlock, SourceBlock, StepBlock, StepBody, objectives
from .identifiers import identified
from .programme import PartBlock

__all__ = ["PartBlock", "SheetBlock", "SourceBlock", "StepBlock", "StepBody", "identified", "objectives"]
