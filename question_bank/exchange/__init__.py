"""Items in and out: QTI, Moodle XML, GIFT, CSV and XLSX (docs/exchange.md).

The readers and writers are pure: bytes in, item mappings of docs/items.md out, and back. They open no file and no
connection, and every limit they obey is in `limits`. `admin` and `importing` are what /cms/ and the commands call.
"""
