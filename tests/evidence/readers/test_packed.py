"""Word files, mails, feeds and captures."""

from __future__ import annotations

import io
import zipfile

import pytest

from observance.errors import FormatError, StoreError
from observance.evidence.readers import Document, Limits, read_document
from observance.evidence.readers.mail import attachments
from observance.evidence.readers.meta import parse_meta, read_meta
from observance.model import DocumentMeta
from tests.evidence.readers import making


def of_kind(document: Document, *kinds: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def p(text: str, style: str = "") -> str:
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_word_file_gives_headings_quotes_tables_and_notes() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = (
        p("Report on ships", "T1")
        + p("No flag was seen.", "Q")
        + '<w:p><w:r><w:t>It carried 5,000</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t xml:space="preserve"> shells.</w:t></w:r></w:p>'
        + f"<w:tbl>{row.format(p('Ship'), p('Tonnes'))}{row.format(p('Egret'), p('900'))}</w:tbl>"
    )
    notes = f'<w:footnotes {making.W}><w:footnote w:id="-1" w:type="separator">{p("x")}</w:footnote><w:footnote w:id="7">{p("See annex.")}</w:footnote></w:footnotes>'
    heads = f"<w:hdr {making.W}>{p('Office of Records')}</w:hdr>"
    document = read_document(
        making.docx(body, extra={"word/footnotes.xml": notes.encode(), "word/header1.xml": heads.encode()}),
        name="r.docx",
    )
    assert of_kind(document, "headline") == ["Report on ships"]
    assert of_kind(document, "quote") == ["No flag was seen."]
    assert of_kind(document, "paragraph") == ["It carried 5,000 shells."]
    assert of_kind(document, "footnote") == ["1 See annex."]
    assert of_kind(document, "furniture") == ["Office of Records"]
    (table,) = document.tables
    assert (table.columns, table.rows) == (("Ship", "Tonnes"), (("Egret", "900"),))


def test_deleted_words_are_no_text_and_inserted_ones_are() -> None:
    body = '<w:p><w:r><w:t xml:space="preserve">The ship </w:t></w:r><w:del><w:r><w:delText>left</w:delText></w:r></w:del><w:ins><w:r><w:t>stayed.</w:t></w:r></w:ins></w:p>'
    document = read_document(making.docx(body), name="r.docx")
    assert document.text == "The ship stayed."
    assert any("tracked changes" in warning for warning in document.warnings)


def test_line_breaks_in_a_word_file_part_paragraphs_and_tabs_part_words() -> None:
    document = read_document(
        making.docx("<w:p><w:r><w:t>One.</w:t><w:br/><w:t>Two</w:t><w:tab/><w:t>three.</w:t></w:r></w:p>"),
        name="r.docx",
    )
    assert of_kind(document, "paragraph") == ["One.", "Two three."]


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_mail_has_its_head_as_metadata_and_its_body_as_text(subtype: str) -> None:
    document = read_document(making.mail(subtype=subtype), name="m.eml")
    assert "Subject: Schiff ohne Flagge – 선박" in of_kind(document, "metadata")
    assert of_kind(document, "paragraph") == list(making.PARAGRAPHS)
    assert (document.meta.author, document.meta.published, document.meta.kind) == ("Jane Doe", "2024-06-19", "e-mail")
    assert document.meta.title == "Schiff ohne Flagge – 선박"


def test_attachments_of_a_mail_are_named_and_lose_their_paths() -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = message["Subject"] = "a@example.org"
    message["Message-ID"] = "<2@example.org>"
    message.set_content("The list is attached.")
    message.add_attachment(b"name,number\n", maintype="text", subtype="csv", filename="../../etc/list.csv")
    raw = message.as_bytes()
    document = read_document(raw, name="m.eml")
    assert of_kind(document, "paragraph") == ["The list is attached."]
    assert any("attachment" in warning for warning in document.warnings)
    assert attachments(raw, name="m.eml", limits=Limits()) == (("list.csv", b"name,number\n"),)


def test_quoted_lines_and_signatures_of_a_mail_are_not_the_writers_words() -> None:
    raw = b"From: a@example.org\nMessage-ID: <3@example.org>\nMIME-Version: 1.0\n\nThe ship left.\n> Has the ship left?\n-- \nJane\n"
    document = read_document(raw, name="m.eml")
    assert of_kind(document, "paragraph") == ["The ship left."]
    assert of_kind(document, "quote") == ["> Has the ship left?"]
    assert of_kind(document, "boilerplate") == ["Jane"]


def test_feeds_give_entries_with_their_days() -> None:
    raw = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Fjord Courier</title><language>en-gb</language>
<item><title>Ship leaves</title><pubDate>Wed, 06 Mar 2024 08:00:00 GMT</pubDate><description>&lt;p&gt;OSLO, March 6 (Courier) -- The ship&amp;nbsp;left.&lt;/p&gt;&lt;p&gt;It came back.&lt;/p&gt;</description></item>
<item><title>Ship &nbsp; back</title><description>It is back.</description></item></channel></rss>"""
    document = read_document(raw, name="feed.xml")
    assert of_kind(document, "headline") == ["Ship leaves", "Ship back"]
    assert of_kind(document, "paragraph") == ["The ship left.", "It came back.", "It is back."]
    assert (document.meta.publisher, document.meta.language) == ("Fjord Courier", "en")
    assert "2024-03-06" in document.text
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title><entry><title>T</title><updated>2024-03-06T01:00:00Z</updated><content type='html'>&lt;p&gt;The ship left.&lt;/p&gt;</content></entry></feed>"
    assert of_kind(read_document(atom, name="a.xml"), "paragraph") == ["The ship left."]
    plain = b'{"version":"https://jsonfeed.org/version/1","title":"C","items":[{"id":"1","content_text":"The ship left.\\n\\nIt came back."}]}'
    assert of_kind(read_document(plain, name="f.json"), "paragraph") == ["The ship left.", "It came back."]


def test_a_capture_gives_the_page_and_its_address() -> None:
    for gzip in (True, False):
        document = read_document(making.warc(gzip=gzip), name="c.warc")
        assert document.reader == "warc/1+html/1"
        assert document.meta.url == "https://courier.example/ship"
        assert of_kind(document, "paragraph") == list(making.PARAGRAPHS)


def test_a_wacz_reads_the_page_of_its_list_and_names_the_others() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "archive/one.warc.gz",
            making.warc(making.page(("The first page is about another ship.",)), url="https://courier.example/other"),
        )
        archive.writestr("archive/two.warc.gz", making.warc())
        archive.writestr("pages/pages.jsonl", '{"format":"json-pages-1.0"}\n{"url":"https://courier.example/ship"}\n')
        archive.writestr("datapackage.json", "{}")
    document = read_document(out.getvalue(), name="c.wacz")
    assert of_kind(document, "paragraph") == list(making.PARAGRAPHS)
    assert any("courier.example/other" in warning for warning in document.warnings)


def test_what_a_person_gives_wins_and_is_named() -> None:
    given = DocumentMeta(publisher="The Other Paper", published="2024-01-02", translation_of=None)
    document = read_document(making.page(), name="a.html", given=given)
    assert document.meta.publisher == "The Other Paper"
    assert document.meta.title == making.TITLE
    assert document.meta.given == ("published", "publisher")


@pytest.mark.parametrize(
    "text",
    [
        "publisher: Courier\npublished: 2024-06-19\n",
        "publisher: Courier\npublished: '2024-06-19'\n",
        '{"publisher": "Courier", "published": "2024-06-19"}',
    ],
)
def test_a_meta_file_means_the_same_quoted_or_not(text: str) -> None:
    meta, warnings = parse_meta(text.encode(), where="m.yaml")
    assert (meta.publisher, meta.published, meta.given) == ("Courier", "2024-06-19", ("published", "publisher"))
    assert warnings == ()


def test_an_unknown_key_is_a_warning_with_the_nearest_name() -> None:
    meta, (warning,) = parse_meta(b"publsher: Courier\ntitle: no\nurl: null\ncomposed: true\n", where="m.yaml")
    assert "'publsher'" in warning
    assert "'publisher'" in warning
    assert (meta.publisher, meta.title, meta.url, meta.composed) == (None, "no", None, True)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n",
        "published: yesterday\n",
        "published: 2024-13-40\n",
        "publisher: [a, b]\n",
        "translation_of: abc\n",
        "a: b: c\n",
        "composed: perhaps\n",
    ],
)
def test_a_meta_file_that_cannot_be_meant_is_an_error(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_meta(text.encode(), where="m.yaml")
    assert "m.yaml" in caught.value.where


def test_a_missing_meta_file_is_told(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(StoreError):
        read_meta(Path(str(tmp_path)) / "none.yaml")
