"""What a file may hold. Anything beyond is refused before it costs memory or time."""

from typing import Final

MAX_BYTES: Final = 8 * 1024 * 1024  # of the file as it is sent
MAX_ITEMS: Final = 2_000
MAX_NOTES: Final = 500  # said one by one; the rest is counted

MAX_LINE: Final = 512 * 1024  # characters of one line of text, or of one row of a table
MAX_COLUMNS: Final = 400
MAX_QUESTION: Final = 64 * 1024  # characters of one question
MAX_PIECES: Final = 20_000  # texts and tags of one piece of HTML

MAX_ELEMENTS: Final = 20_000  # of one item in XML
MAX_ALL_ELEMENTS: Final = 120_000  # of one file in XML
MAX_DEPTH: Final = 60
MAX_TAG: Final = 256 * 1024  # bytes of one tag, or of one comment
MAX_ATTRIBUTES: Final = 60
MAX_TEXT: Final = 2 * 1024 * 1024  # characters of one element (a picture inside a Moodle question)

MAX_FIELDS: Final = 2_000  # values inside one item
MAX_LEVELS: Final = 12  # of them inside one another

MAX_ENTRIES: Final = 2_000  # files of an archive
MAX_DIRECTORY: Final = 512 * 1024  # bytes of its directory
MAX_ENTRY: Final = 4 * 1024 * 1024  # bytes of one file of it, unfolded
MAX_UNFOLDED: Final = 12 * 1024 * 1024  # bytes of all its XML
MAX_FOLDED_AWAY: Final = 512 * 1024 * 1024  # bytes of all it holds, pictures included, that nobody unfolds
MAX_RATIO: Final = 100  # unfolded ÷ folded, of a file over a megabyte
ENOUGH_TO_COMPARE: Final = 1024 * 1024
