"""The little Markdown of files: to rich text and back, losing no word; what is more is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.modulefiles.markdown import markdown_problems, plain, to_html, to_markdown

CANONICAL = [
    "Un paragraphe.",
    "Un **mot** et un *autre*.\n\nUn second paragraphe\nsur deux lignes.",
    "Avant :\n\n- un ;\n- deux, avec [un lien](https://exemple.fr/a?b=1&c=2).\n\nAprès.",
    "1. d’abord\n2. ensuite\n3. enfin",
    "« Guillemets », 100 % et R&D, a_b_c, 3 < 4.",
    "2026\\. Un début qui n’est pas une liste.",
    "\\- Un tiret qui n’est pas une liste.",
]


@pytest.mark.parametrize("text", CANONICAL)
def test_what_is_written_canonically_comes_back_the_same(text: str) -> None:
    assert list(markdown_problems(text)) == []
    assert to_markdown(to_html(text)) == text


def test_the_rich_text_is_wagtails() -> None:
    assert to_html("Un **mot**, un *autre*.\n\n- a\n- b") == (
        "<p>Un <b>mot</b>, un <i>autre</i>.</p><ul><li>a</li><li>b</li></ul>"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Titre", "a heading"),
        ("Titre\n=====", "a heading"),
        ("![image](https://exemple.fr/a.png)", "an image"),
        ("Un <b>mot</b>", "raw HTML"),
        ("<script>alert(1)</script>", "raw HTML"),
        ("`code`", "code"),
        ("> cité", "a quotation"),
        ("avant\n\n---", "a ruled line"),
        ("- a\n  - b", "a list inside a list"),
        ("[lien](javascript:alert)", "https://"),
        ("[lien](http://exemple.fr)", "https://"),
    ],
)
def test_what_is_more_than_that_is_refused(text: str, said: str) -> None:
    assert any(said in sentence for sentence in markdown_problems(text))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><b>Attention : </b>suite</p>", "**Attention :** suite"),
        ('<p data-block-key="x"><strong>a</strong> <em>b</em></p>', "**a** *b*"),
        ("<p>a<b>« x »</b>y</p>", "a« x »y"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n- b\n- c"),
        ('<p>a <a href="javascript:x">b</a><script>c</script></p>', "a b"),
        ("<p># a</p><p>1. b</p><p>- c</p>", "\\# a\n\n1\\. b\n\n\\- c"),
        ("<p>&lt;b&gt; et &amp;amp;</p>", "\\<b> et \\&amp;"),
    ],
)
def test_what_editors_write_becomes_canonical(html: str, text: str) -> None:
    assert to_markdown(html) == text
    assert to_markdown(to_html(text)) == text


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=30)
INLINE = st.one_of(
    TEXT.map(lambda text: text.replace("<", "&lt;").replace("&", "&amp;")),
    st.sampled_from(
        ["<b>gras</b>", "<i>italique</i>", '<a href="https://exemple.fr/x">lien</a>', " ", "*", "_", "1. "]
    ),
)
PARAGRAPH = st.lists(INLINE, min_size=1, max_size=5).map(lambda parts: f"<p>{''.join(parts)}</p>")
ENTRIES = st.lists(st.lists(INLINE, min_size=1, max_size=3).map("".join), min_size=1, max_size=3)
LIST = st.tuples(st.sampled_from(["ul", "ol"]), ENTRIES).map(
    lambda found: f"<{found[0]}>{''.join(f'<li>{entry}</li>' for entry in found[1])}</{found[0]}>"
)


@given(st.lists(st.one_of(PARAGRAPH, LIST), min_size=1, max_size=4).map("".join))
def test_no_word_is_lost_and_writing_again_changes_nothing(html: str) -> None:
    text = to_markdown(html)
    assert to_markdown(to_html(text)) == text
    assert "".join(plain(text).split()) == "".join(_words(html).split())


def _words(html: str) -> str:
    from lms.learning.modulefiles.markdown import clean, words

    return words(clean(html))
