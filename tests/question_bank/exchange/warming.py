"""Reads one sound file of each format, so that everything a reader imports is there before it is locked in."""

from typing import Any

from question_bank.exchange.preparing import prepare

from .pieces import CSV_ROW, HEADINGS, archive, inline, qti, quiz, sheet, workbook

SOUND = {
    "a.xml": qti(),
    "a.zip": archive(item_xml=qti()),
    "b.xml": quiz("<p>Que faire ?</p>"),
    "c.gift": b"Que faire ? {=ceci ~cela}",
    "d.csv": (CSV_ROW + "k,single_choice,T,Que faire ?,Ceci,Cela,a\n").encode("cp1252"),
    "e.xlsx": workbook(sheet(HEADINGS, inline("single_choice", "Que faire ?", "Ceci", "Cela", "a"))),
    "f.xml": qti().decode().replace("UTF-8", "UTF-16").encode("utf-16"),
}


def up(formats: Any) -> None:
    """Read each, twice: once whole, once cut."""
    for name, data in SOUND.items():
        found = formats.read(name, data)
        assert prepare(found.items, keys=(), said={})[0], name
        try:
            formats.read(name, data[: len(data) // 2])
        except formats.Refused:
            continue
