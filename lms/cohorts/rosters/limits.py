"""What a roster may hold. Anything beyond is refused, in a sentence, before it costs memory or time."""

from typing import Final

MAX_BYTES: Final = 20 * 1024 * 1024  # of the file as it is sent
MAX_ROWS: Final = 50_000  # lines that say something, without the header
MAX_LINES: Final = 1_000_000  # lines, blank ones included
MAX_COLUMNS: Final = 100
MAX_CELL: Final = 500  # characters
MAX_QUOTED: Final = 100_000  # characters; a longer one is a quotation mark that nobody closed
MAX_AREA: Final = 3_000_000  # cells of the rectangle that a sheet's values span: a reader keeps it whole
MAX_ENTRIES: Final = 1_000  # files of an archive
MAX_UNFOLDED: Final = 300 * 1024 * 1024  # bytes of all that an archive holds
MAX_KEPT_ERRORS: Final = 1_000  # said one by one; the rest is counted
READ_AT_ONCE: Final = 48 * 1024  # bytes read within the request, some five hundred lines; a longer file is a job
SHOWN: Final = 50  # lines of the preview
