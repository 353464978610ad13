"""Archives made to hurt."""

import base64
import struct
import zipfile
import zlib
from io import BytesIO

from .pieces import (
    MEGABYTE,
    archive,
    hostile,
    named,
    qti,
)


def bomb(size: int = 40 * MEGABYTE) -> bytes:
    return archive(item_xml=qti("<p>" + " " * size + "</p>"))


@hostile("a bomb.zip")
def _bomb() -> bytes:
    return bomb()


@hostile("a nested bomb.zip")
def _nested() -> bytes:
    return named("inner.zip", archive(more_xml=b"0" * MEGABYTE))


@hostile("many times too much.zip")
def _many() -> bytes:
    filler = base64.b64encode(zlib.compress(bytes(range(256)) * 4096))
    return archive(**{f"i{n}_xml": qti("<p>" + "ab cd" * 90_000 + f"</p><!-- {filler!r} -->") for n in range(300)})


@hostile("a lying size.zip")
def _lying() -> bytes:
    """Its directory says 10 bytes; it unfolds to 30 MB."""
    data = bytearray(bomb(30 * MEGABYTE))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    data[22:26] = struct.pack("<L", 10)
    return bytes(data)


@hostile("overlapping.zip")
def _overlapping() -> bytes:
    """Two names for one content, as in the bombs that need no nesting."""
    data = archive(a_xml=qti(), b_xml=qti("<p>b</p>"))
    at = data.rfind(b"PK\x01\x02")
    first = data.find(b"PK\x01\x02")
    made = bytearray(data)
    made[at + 42 : at + 46] = made[first + 42 : first + 46]
    return bytes(made)


@hostile("a hundred thousand files.zip")
def _crowd() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for n in range(60_000):
            made.writestr(f"{n}.xml", b"")
    return out.getvalue()


@hostile("path traversal.zip")
def _traversal() -> bytes:
    return named("../../../../tmp/evil.xml")


@hostile("backslash traversal.zip")
def _backslash() -> bytes:
    return named("..\\..\\evil.xml")


@hostile("absolute path.zip")
def _absolute() -> bytes:
    return named("/etc/cron.d/evil")


@hostile("drive.zip")
def _drive() -> bytes:
    return named("C:evil.xml")


@hostile("symbolic link.zip")
def _link() -> bytes:
    return named("imsmanifest.xml", b"/etc/passwd", 0o120777)


@hostile("device.zip")
def _device() -> bytes:
    return named("null", b"x", 0o020666)


@hostile("encrypted.zip")
def _encrypted() -> bytes:
    data = bytearray(archive(item_xml=qti()))
    data[6] |= 1
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@hostile("truncated.zip")
def _truncated() -> bytes:
    return archive(item_xml=qti())[:-30]


@hostile("broken inside.zip")
def _broken() -> bytes:
    data = bytearray(archive(item_xml=qti("<p>abc</p>" * 50)))
    data[60:90] = b"\0" * 30
    return bytes(data)


@hostile("duplicate names.zip")
def _duplicates() -> bytes:
    data = archive(a_xml=qti(), b_xml=qti("<p>b</p>"))
    return data.replace(b"b.xml", b"A.xml")


@hostile("manifest to elsewhere.zip")
def _elsewhere() -> bytes:
    manifest = (
        '<manifest><resources><resource type="imsqti_item_xmlv3p0" href="http://127.0.0.1:9/i.xml"/>'
        '<resource type="imsqti_item_xmlv3p0" href="../../etc/passwd"/>'
        '<resource type="imsqti_item_xmlv3p0" href="file:///etc/passwd"/></resources></manifest>'
    )
    return archive(imsmanifest_xml=manifest.encode())


@hostile("entities in the manifest.zip")
def _manifest() -> bytes:
    return archive(imsmanifest_xml=b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>')


@hostile("deep JSON in our namespace.zip")
def _deep_json() -> bytes:
    field = "[" * 200_000
    manifest = (
        '<manifest><resources><resource type="imsqti_item_xmlv3p0" href="item.xml"><metadata>'
        f'<s:item xmlns:s="urn:socle:exchange:1"><s:field name="fr">{field}</s:field></s:item>'
        "</metadata></resource></resources></manifest>"
    )
    return archive(imsmanifest_xml=manifest.encode(), item_xml=qti())
