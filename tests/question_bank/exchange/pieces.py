"""What hostile files are made of: sound pieces, and the two lists they are kept in."""

import zipfile
from collections.abc import Callable
from io import BytesIO

MEGABYTE = 1024 * 1024
Maker = Callable[[], bytes]
HOSTILE: dict[str, Maker] = {}
HARMLESS: dict[str, Maker] = {}  # read, and made harmless: what is dangerous in them is gone, and said


def hostile(name: str) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        assert name not in HOSTILE
        HOSTILE[name] = maker
        return maker

    return keep


def harmless(name: str) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        HARMLESS[name] = maker
        return maker

    return keep


# — pieces —

ITEM = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="Un titre">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response>
<qti-value>a</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body>%s<qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
<qti-prompt>Que faire ?</qti-prompt>
<qti-simple-choice identifier="a">Ceci</qti-simple-choice><qti-simple-choice identifier="b">Cela</qti-simple-choice>
</qti-choice-interaction></qti-item-body></qti-assessment-item>"""
QUIZ = """<quiz><question type="multichoice"><name><text>Nom</text></name>
<questiontext format="html"><text><![CDATA[%s]]>
</text></questiontext><single>true</single><answer fraction="100"><text>Ceci</text></answer><answer fraction="0">
<text>Cela</text></answer></question></quiz>"""
CSV_ROW = "key,interaction,fr.title,fr.question,fr.choices.1.text,fr.choices.2.text,answer.correct\n"


def qti(body: str = "", before: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{before}{ITEM % body}'.encode()


def quiz(text: str) -> bytes:
    return (QUIZ % text).encode()


def archive(**entries: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def named(name: str, data: bytes = b"", mode: int = 0o100644) -> bytes:
    """An archive with a sound item and one file called `name`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("item.xml", qti())
        info = zipfile.ZipInfo("placeholder")
        info.filename, info.external_attr = name, mode << 16
        made.writestr(info, data or b"x")
    return out.getvalue()


def workbook(sheet: bytes, **more: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b'<workbook><sheets><sheet name="s" id="r1"/></sheets></workbook>')
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            b'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        made.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in more.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


def sheet(*rows: str) -> bytes:
    written = "".join(f'<row r="{at}">{row}</row>' for at, row in enumerate(rows, start=1))
    return f"<worksheet><sheetData>{written}</sheetData></worksheet>".encode()


def inline(*cells: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)


HEADINGS = inline("interaction", "fr.question", "fr.choices.1.text", "fr.choices.2.text", "answer.correct")
