"""Files that are read, and made harmless."""

from .pieces import CSV_ROW, harmless, hostile, quiz


@harmless("script in HTML.xml")
def _script() -> bytes:
    return quiz("<p>Avant</p><script>alert(1)</script><p onclick='alert(2)'>Que faire ?</p>")


@harmless("script in SVG.xml")
def _svg() -> bytes:
    return quiz("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg><p>Que faire ?</p>")


@harmless("script that hides.xml")
def _hidden() -> bytes:
    return quiz("<scr<script>ipt>alert(1)</scr</script>ipt><p>Que faire ?</p><img src=x onerror=alert(1)//")


@harmless("javascript link.xml")
def _javascript() -> bytes:
    return quiz("<p><a href=' java\tscript:alert(1)'>ici</a></p><p>Que faire ?</p>")


@harmless("data link.xml")
def _data() -> bytes:
    return quiz("<p><a href='data:text/html,<script>alert(1)</script>'>ici</a></p><p>Que faire ?</p>")


@harmless("frames and forms.xml")
def _frames() -> bytes:
    return quiz("<iframe src='http://127.0.0.1:9/'></iframe><object data='http://127.0.0.1:9/'></object><p>Quoi ?</p>")


@hostile("signs that begin nothing.xml")
def _literal() -> bytes:
    return quiz("<p>Que faire ?</p>" + "< " * 900_000)


@harmless("tags without end.xml")
def _tags() -> bytes:
    return quiz("<p>Que faire ?</p>" + "<!--" * 200_000 + "<a <" * 100_000)


@harmless("quotes without end.xml")
def _quotes() -> bytes:
    return quiz('<p>Que faire ?</p><a href="' + "'\"" * 400_000)


@harmless("characters that turn the text.csv")
def _bidi() -> bytes:
    row = "k,single_choice,Titre,Que \u202eeriaf ?,Ceci,Cela,a\n"
    return (CSV_ROW + row).encode()


@harmless("formulas.csv")
def _formula() -> bytes:
    row = "k,single_choice,\"=cmd|' /C calc'!A0\",+1+1,@SUM(A1),-2+3,a\n"
    return (CSV_ROW + row).encode()


@harmless("cp1252.csv")
def _cp1252() -> bytes:
    return (CSV_ROW + "k,single_choice,Été,Où l’œuvre ?,Ça,Là,a\n").encode("cp1252")
