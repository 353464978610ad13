"""What a reader sees of modules and journeys: a cover, one step a page, a sheet, an end; and what is gone."""

from .covers import cover, end, offline, preview, sheet, whole
from .gone import gone
from .journeys import journey
from .steps import Brought, step, wording_of

__all__ = ["Brought", "cover", "end", "gone", "journey", "offline", "preview", "sheet", "step", "whole", "wording_of"]
