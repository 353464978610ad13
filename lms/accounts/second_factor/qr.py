"""The square that a telephone reads, drawn here: the key goes through nobody else’s machine."""

from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


def qr_svg(text: str, *, label: str) -> SafeString:
    """Return `text` as a QR code, black on white in every mode: an SVG without style, read aloud as `label`."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {size} {size}" width="232" height="232" '
        'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        '<path fill="#000" d="{}"/></svg>',
        label,
        "".join(_bars(y, row) for y, row in enumerate(rows)),
        size=len(rows),
    )


def _bars(y: int, row: list[bool]) -> str:
    """Return the dark stretches of a row as parts of a path."""
    parts, x = [], 0
    for is_dark, cells in groupby(row):
        width = len(list(cells))
        if is_dark:
            parts.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(parts)
