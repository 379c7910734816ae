"""Every span of a text leads back to the bytes that it was read from, and re-reads."""

from __future__ import annotations

import html
import re
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.errors import FormatError, ObservanceError
from observance.evidence.readers import Document, check_span, read_document
from tests.evidence.readers import making

WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcdefgh éßñ “”’–  \u00a0"),
        st.characters(min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")),
    ),
    min_size=1,
    max_size=30,
)


def bare(text: str) -> str:
    """A text without blanks and signs that are not shown."""
    return re.sub(r"[\s\xad\u200b\u2060\ufeff]+", "", text)


def shown(source: str) -> str:
    """What a stretch of markup shows: tags, comments and hidden elements gone, entities decoded."""
    source = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<i hidden>.*?</i>", "", source, flags=re.DOTALL)
    return bare(html.unescape(re.sub(r"""</?[A-Za-z](?:[^>"']|"[^"]*"|'[^']*')*>""", "", source)))


def every_span(document: Document, data: st.DataObject) -> tuple[int, int]:
    start = data.draw(st.integers(0, max(len(document.text) - 1, 0)))
    return start, data.draw(st.integers(start, len(document.text)))


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(min_size=1, max_size=300), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), data=st.data()
)
def test_a_plain_text_is_its_decoded_bytes_and_each_span_is_found_in_them(
    text: str, encoding: str, data: st.DataObject
) -> None:
    raw = text.encode(encoding, errors="ignore")
    try:
        document = read_document(raw, name="note.txt")
    except ObservanceError:
        return
    if document.reader != "text/1":
        return
    if document.encoding == "utf-8":
        assert document.text == raw.decode("utf-8")
    start, end = every_span(document, data)
    span = document.span(start, end)
    assert span.byte_start is not None
    assert raw[span.byte_start : span.byte_end].decode(document.encoding or "utf-8") == span.exact
    assert document.holds(span)


def test_a_mark_of_utf_16_before_a_nul_is_not_taken_for_utf_32() -> None:
    with pytest.raises(FormatError, match="not text"):
        read_document("\x000".encode("utf-16"), name="note.txt")
    whole = read_document("The ship left.".encode("utf-32"), name="note.txt")
    assert (whole.encoding, whole.text) == ("utf-32-le", "The ship left.")


@settings(max_examples=100, deadline=None)
@given(
    raw=st.binary(min_size=1, max_size=200).map(
        lambda tail: b"The ship left the port and the crew was seen there. " * 4 + tail
    ),
    data=st.data(),
)
def test_a_text_with_damaged_bytes_still_leads_to_its_bytes(raw: bytes, data: st.DataObject) -> None:
    try:
        document = read_document(raw, name="note.txt")
    except ObservanceError:
        return
    if document.reader != "text/1":
        return
    start, end = every_span(document, data)
    span = document.span(start, end)
    piece = raw[span.byte_start : span.byte_end]
    if "\ufffd" not in span.exact:
        assert piece.decode(document.encoding or "") == span.exact
    whole = document.span(0, len(document.text))
    assert whole.byte_end == len(raw)


FRAGMENTS = st.recursive(
    st.one_of(
        WORDS.map(lambda text: html.escape(text, quote=False)),
        st.sampled_from(
            [
                "&amp;",
                "&nbsp;",
                "&#8220;x&#x201d;",
                "&hellip;",
                "&notanentity;",
                "&",
                "<br>",
                "<br/>\n",
                " \n\t ",
                "\xad",
                "<!-- <p>no</p> -->",
                "<script>var a='<p>no</p>';</script>",
                "<style>p{}</style>",
                "<i hidden>not seen</i>",
                "<img src=x alt='y > z'>",
                "<hr>",
                "</p>",
                "</b>",
                "1 < 2 ",
            ]
        ),
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(
            ["p", "div", "b", "span class='x'", "li", "h2", "blockquote", "td", 'a href="y"', "figcaption"]
        ),
        st.lists(inner, max_size=5),
    ),
    max_leaves=20,
)


@settings(max_examples=120, deadline=None)
@given(parts=st.lists(FRAGMENTS, min_size=1, max_size=8), data=st.data())
def test_each_span_of_a_page_leads_to_bytes_that_show_it(parts: list[str], data: st.DataObject) -> None:
    raw = ("<html><body>" + "".join(parts) + "</body></html>").encode()
    # Which blocks are the article does not touch the text; without that witness the test is quick.
    with mock.patch("observance.evidence.readers.html._main_text", return_value=[]):
        try:
            document = read_document(raw, name="page.html")
        except ObservanceError:
            return
        assert read_document(raw, name="page.html") == document
    start, end = every_span(document, data)
    span = document.span(start, end)
    assert span.byte_start is not None
    assert span.byte_end is not None
    assert shown(raw[span.byte_start : span.byte_end].decode()) == bare(span.exact)
    assert document.holds(span)


@pytest.mark.parametrize("transfer", ["7bit", "8bit", "quoted-printable", "base64"])
@settings(max_examples=25, deadline=None)
@given(paragraphs=st.lists(WORDS, min_size=1, max_size=4), data=st.data())
def test_each_span_of_a_mail_leads_to_its_encoded_bytes(
    transfer: str, paragraphs: list[str], data: st.DataObject
) -> None:
    import binascii
    import quopri

    lines = tuple(f"Line {' '.join(text.split())} end." for text in paragraphs)
    if transfer == "7bit":
        lines = tuple(line.encode("ascii", errors="ignore").decode() for line in lines)
    raw = making.mail(lines, transfer=transfer)
    document = read_document(raw, name="note.eml")
    body = document.text.index("Line ")
    start = data.draw(st.integers(body, len(document.text) - 1))
    span = document.span(start, data.draw(st.integers(start + 1, len(document.text))))
    piece = raw[span.byte_start : span.byte_end]
    if transfer == "base64":
        # Bytes of a span begin inside a group of four: decode from the start of the body and look at the end.
        first = document.span(body, body + 1).byte_start
        assert first is not None
        digits = re.sub(rb"[^A-Za-z0-9+/]", b"", raw[first : span.byte_end])
        decoded = binascii.a2b_base64(digits + b"=" * (-len(digits) % 4)) if len(digits) % 4 != 1 else b""
        upto = document.text[body : span.end].encode()
        assert not decoded or decoded.startswith(upto) or upto.startswith(decoded)
    else:
        decoded = quopri.decodestring(piece) if transfer == "quoted-printable" else piece
        assert bare(decoded.decode("utf-8")) == bare(span.exact)
    assert document.holds(span)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", making.text()),
        ("a.html", making.page()),
        ("a.docx", making.docx_of()),
        ("a.eml", making.mail()),
        ("a.xml", making.rss()),
        ("a.warc.gz", making.warc()),
        ("a.md", b"# Title\n\nThe ship left the port.\n"),
    ],
)
def test_spans_of_every_format_re_read_and_altered_ones_do_not(name: str, data: bytes) -> None:
    document = read_document(data, name=name)
    for block in document.blocks:
        span = document.span(block.start, block.end)
        assert check_span(data, span, name=name)
    from dataclasses import replace

    block = document.blocks[-1]
    span = document.span(block.start, block.end)
    assert not check_span(data, replace(span, exact="x" * len(span.exact)), name=name)
    assert not check_span(data, replace(span, start=span.start + 1, end=span.end + 1), name=name)
    assert not check_span(data, replace(span, reader="other/9"), name=name)


def test_spans_of_a_pdf_re_read_with_their_page() -> None:
    data = making.pdf_of(making.PARAGRAPHS * 12)
    document = read_document(data, name="a.pdf")
    assert document.pages[-1].number > 1
    for block in document.blocks[::7]:
        span = document.span(block.start, block.end)
        page = document.page_at(block.start)
        assert page is not None
        assert span.page == page.number
        assert span.page_start == block.start - page.start
        assert document.holds(span)
    last = document.blocks[-1]
    assert check_span(data, document.span(last.start, last.end), name="a.pdf")
    assert read_document(data, name="a.pdf") == document
