"""XML made to hurt."""

from .pieces import ITEM, MEGABYTE, harmless, hostile, qti, quiz


@hostile("billion laughs.xml")
def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return qti("<p>&l11;</p>", f'<!DOCTYPE q [<!ENTITY l0 "ha">{entities}]>')


@hostile("quadratic blow-up.xml")
def _quadratic() -> bytes:
    return qti(f"<p>{'&a;' * 50_000}</p>", f'<!DOCTYPE q [<!ENTITY a "{"a" * 50_000}">]>')


@hostile("billion laughs, moodle.xml")
def _laughs_quiz() -> bytes:
    return b'<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + quiz("&b;")


@hostile("external entity, file.xml")
def _entity_file() -> bytes:
    return qti("<p>&x;</p>", '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


@hostile("external entity, http.xml")
def _entity_http() -> bytes:
    return qti("<p>&x;</p>", '<!DOCTYPE q [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>')


@hostile("parameter entity.xml")
def _parameter() -> bytes:
    return qti("", '<!DOCTYPE q [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>')


@hostile("external DTD.xml")
def _dtd() -> bytes:
    return qti("", '<!DOCTYPE q SYSTEM "http://127.0.0.1:9/q.dtd">')


@hostile("public DTD.xml")
def _public() -> bytes:
    return qti("", '<!DOCTYPE q PUBLIC "-//X//Y" "http://127.0.0.1:9/q.dtd">')


@hostile("DOCTYPE in UTF-16.xml")
def _utf16_dtd() -> bytes:
    text = qti("<p>&x;</p>", '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>').decode()
    return text.replace("UTF-8", "UTF-16").encode("utf-16")


@hostile("XInclude.xml")
def _xinclude() -> bytes:
    return qti('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')


@hostile("XInclude of the net.xml")
def _xinclude_net() -> bytes:
    return qti('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://127.0.0.1:9/a"/>')


@harmless("external schema.xml")
def _schema() -> bytes:
    return qti(
        '<p xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a http://127.0.0.1:9/a.xsd">x</p>'
    )


@harmless("stylesheet instruction.xml")
def _stylesheet() -> bytes:
    return qti("<p>x</p>", '<?xml-stylesheet href="http://127.0.0.1:9/a.xsl" type="text/xsl"?>')


@hostile("deep XML.xml")
def _deep() -> bytes:
    return qti("<p>" * 100_000 + "</p>" * 100_000)


@hostile("deep Moodle.xml")
def _deep_quiz() -> bytes:
    return b"<quiz><question type='multichoice'>" + b"<a>" * 500_000


@hostile("a million elements.xml")
def _wide() -> bytes:
    return qti("<p/>" * 1_000_000)


@hostile("a million questions.xml")
def _questions() -> bytes:
    return b"<quiz>" + b'<question type="essay"/>' * 330_000 + b"</quiz>"


@hostile("ten thousand attributes.xml")
def _attributes() -> bytes:
    return qti("<p " + " ".join(f'a{n}="x"' for n in range(10_000)) + "/>")


@hostile("an endless text.xml")
def _long() -> bytes:
    return qti("<p>" + "a" * (7 * MEGABYTE) + "</p>")


@hostile("an endless attribute.xml")
def _long_attribute() -> bytes:
    return b'<quiz a="' + b"a" * (7 * MEGABYTE)


@hostile("NUL in XML.xml")
def _nul() -> bytes:
    return qti("<p>a\0b</p>")


@hostile("UTF-7.xml")
def _utf7() -> bytes:
    return '<?xml version="1.0" encoding="UTF-7"?>+ADw-script+AD4-'.encode("ascii") + ITEM.encode()


@hostile("UTF-32.xml")
def _utf32() -> bytes:
    return qti().decode().encode("utf-32")


@hostile("unknown charset.xml")
def _charset() -> bytes:
    return qti().replace(b"UTF-8", b"rot13")


@harmless("wrong charset.xml")
def _wrong() -> bytes:
    return qti("<p>é</p>").replace(b"UTF-8", b"US-ASCII")


@hostile("half a UTF-16.xml")
def _half() -> bytes:
    return qti().decode().replace("UTF-8", "UTF-16").encode("utf-16")[:-1]


@hostile("not closed.xml")
def _open() -> bytes:
    return qti()[:-20]


@hostile("legacy QTI 1.2.xml")
def _legacy() -> bytes:
    return b"<questestinterop><item/></questestinterop>"
