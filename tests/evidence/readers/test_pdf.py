"""PDF reports: the running text in reading order, and what stands around it set apart and citable."""

from __future__ import annotations

import html
import io
import random
import shutil

import pytest

from observance.errors import FormatError, UnsupportedError
from observance.evidence.readers import Document, read_document
from tests.evidence.readers import making

WORDS = [
    *[
        "the",
        "vessel",
        "tanker",
        "office",
        "recorded",
        "moved",
        "refined",
        "products",
        "to",
        "another",
        "ship",
        "near",
        "the",
        "coast",
    ],
    *[
        "of",
        "according",
        "notes",
        "information",
        "contact",
        "containers",
        "port",
        "departed",
        "arrived",
        "documents",
        "showed",
    ],
    *["owner", "registered", "company", "flag", "named", "group", "expert"],
]


def sentences(seed: int, count: int) -> str:
    chance = random.Random(seed)
    out = []
    for _ in range(count):
        words = [chance.choice(WORDS) for _ in range(chance.randint(8, 20))]
        out.append(" ".join([words[0].capitalize(), *words[1:]]) + ".")
    return " ".join(out)


PARAGRAPHS = tuple(sentences(seed, 2 + seed % 4) for seed in range(24))
NOTES = tuple(f"Letter {number} of the owner, on file with the office." for number in range(1, 7))
STYLE = """@page { size: A4; margin: 2.2cm; @top-left { content: "A/2031/15" } @top-right { content: "Office of Records" }
 @bottom-center { content: counter(page) "/" counter(pages) } @footnote { border-top: 0.5pt solid black } }
body { font-family: DejaVu Serif; font-size: 10pt; text-align: justify; hyphens: auto } .n { float: footnote; font-size: 8pt }
table { border-collapse: collapse } td, th { border: .5pt solid black; padding: 2pt 4pt } """
TABLE = """<table><tr><th>Vessel</th><th>IMO number</th><th>Flag</th></tr><tr><td>Silver Egret of the northern line</td>
<td>9905215</td><td>Palau</td></tr><tr><td>Ocean Lantern</td><td>9904170</td><td>Togo</td></tr></table>"""


def report(columns: int, *, indented: bool = False) -> bytes:
    style = STYLE + f".c {{ columns: {columns} }}" * (columns > 1)
    style += "p { margin: 0; text-indent: 1.5em }" if indented else "p { margin: 0 0 8pt }"
    body = ""
    for number, paragraph in enumerate(PARAGRAPHS):
        note = f"<span class=n>{NOTES[number // 4]}</span>" if number % 4 == 1 else ""
        body += f"<p>{html.escape(paragraph)}{note}</p>"
    return making.pdf(
        f"<html lang=en><style>{style}</style><h1>Report on ships in the northern waters</h1><h2>A. Voyages</h2>"
        f"<div class=c>{body}</div><h2>B. Vessels</h2>{TABLE}<p>{PARAGRAPHS[0]}</p>"
    )


def of_kind(document: Document, *kinds: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


@pytest.mark.parametrize(
    ("columns", "indented"), [(1, False), (2, False), (3, False), (2, True)], ids=["one", "two", "three", "indented"]
)
def test_paragraphs_are_whole_over_lines_columns_and_pages(columns: int, indented: bool) -> None:
    document = read_document(report(columns, indented=indented), name="report.pdf")
    assert [line for line in of_kind(document, "paragraph") if line in PARAGRAPHS] == [*PARAGRAPHS, PARAGRAPHS[0]]
    assert of_kind(document, "headline") == ["Report on ships in the northern waters"]
    assert of_kind(document, "heading") == ["A. Voyages", "B. Vessels"]


def test_notes_and_page_furniture_stand_apart_with_their_pages() -> None:
    document = read_document(report(2), name="report.pdf")
    notes = of_kind(document, "footnote")
    assert [note.split(" ", 1)[1] for note in notes] == list(NOTES)
    furniture = of_kind(document, "furniture")
    pages = document.pages[-1].number
    assert furniture.count("A/2031/15") == pages
    assert furniture.count("Office of Records") == pages
    assert f"1/{pages}" in furniture
    assert {block.page for block in document.blocks if block.kind == "furniture"} == set(range(1, pages + 1))
    first = document.blocks[0]
    assert document.span(first.start, first.end).page == 1
    last = next(block for block in document.blocks if block.kind == "furniture" and block.page == pages)
    assert document.span(last.start, last.end).page == pages


def test_a_ruled_table_becomes_rows_and_its_cells_are_cited_by_page() -> None:
    document = read_document(report(1), name="report.pdf")
    (table,) = document.tables
    assert table.columns == ("Vessel", "IMO number", "Flag")
    assert table.rows == (
        ("Silver Egret of the northern line", "9905215", "Palau"),
        ("Ocean Lantern", "9904170", "Togo"),
    )
    assert table.row(2, ("Vessel", "IMO number")).values == ("Ocean Lantern", "9904170")
    assert table.page == document.pages[-1].number or table.page
    cell = next(
        block for block in document.blocks if block.kind == "table_cell" and block.row == 2 and block.column == 1
    )
    assert document.text[cell.start : cell.end] == "9904170"


def test_an_unruled_table_of_short_cells_becomes_rows() -> None:
    rows = "".join(f"<tr><td>Ship {n}</td><td>{9900000 + n}</td><td>{n * 100}</td></tr>" for n in range(1, 6))
    document = read_document(
        making.pdf(
            f"<p>{PARAGRAPHS[0]}</p><table style='width:100%'><tr><th>Name</th><th>Number</th><th>Tonnes</th></tr>{rows}</table><p>{PARAGRAPHS[1]}</p>"
        ),
        name="t.pdf",
    )
    (table,) = document.tables
    assert table.columns == ("Name", "Number", "Tonnes")
    assert table.rows[2] == ("Ship 3", "9900003", "300")
    assert of_kind(document, "paragraph") == [PARAGRAPHS[0], PARAGRAPHS[1]]


def test_the_mark_of_a_note_never_becomes_part_of_a_number() -> None:
    style = STYLE + "::footnote-call { font-size: 60%; vertical-align: super }"
    document = read_document(
        making.pdf(
            f"<style>{style}</style><p>The ship carried 5,000<span class=n>See annex two.</span> shells over 12 m<sup>2</sup> of deck.</p><p>{PARAGRAPHS[3]}</p>"
        ),
        name="n.pdf",
    )
    words = of_kind(document, "paragraph")[0]
    assert words.startswith("The ship carried 5,000 shells over 12 m²")
    assert of_kind(document, "footnote") == ["1. See annex two."] or of_kind(document, "footnote") == [
        "1 See annex two."
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the cooper&shy;ation of states", "the cooperation of states"),
        ("a ship-to-ship transfer", "a ship-to-ship transfer"),
        ("the secretary-general of the office", "the secretary-general of the office"),
    ],
)
def test_hyphens_at_line_ends_go_and_those_of_compounds_stay(written: str, read: str) -> None:
    # A narrow page breaks the words in many places; the rest of the document shows how they are written.
    document = read_document(
        making.pdf(
            f"<style>@page {{ size: 40mm 200mm; margin: 5mm }} body {{ font-size: 9pt }}</style><p>{(written + ' and ') * 12}no more.</p>"
        ),
        name="h.pdf",
    )
    assert of_kind(document, "paragraph") == [(read + " and ") * 12 + "no more."]


def test_the_article_has_the_same_paragraphs_as_text_page_pdf_and_word_file() -> None:
    formats = {
        "a.txt": making.text(),
        "a.html": making.page(),
        "a.pdf": making.pdf_of(),
        "a.docx": making.docx_of(),
        "a.eml": making.mail(),
    }
    for name, data in formats.items():
        document = read_document(data, name=name)
        assert of_kind(document, "paragraph") == list(making.PARAGRAPHS), name


def scan() -> bytes:
    """A page as a picture in a PDF."""
    pdfium = pytest.importorskip("pypdfium2")
    page = pdfium.PdfDocument(making.pdf_of())[0].render(scale=3.0).to_pil().convert("L")
    out = io.BytesIO()
    page.save(out, "PDF", resolution=216)
    return out.getvalue()


def test_a_scanned_page_is_recognised_and_marked_or_named_as_not_read() -> None:
    data = scan()
    document = read_document(data, name="scan.pdf")
    if shutil.which("tesseract"):
        assert document.ocr_confidence is not None
        assert 0.5 < document.ocr_confidence <= 1
        assert "tesseract" in document.reader
        assert any("recognised" in warning for warning in document.warnings)
        assert "harbour master told the Fjord Courier" in document.text
        assert document.pages[0].number == 1
    else:
        assert document.pages_not_read == (1,)
        assert not document.read


def test_without_a_recogniser_a_scanned_page_is_named_and_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("observance.evidence.readers.pdf.engine", lambda: None)
    document = read_document(scan(), name="scan.pdf")
    assert document.text == ""
    assert document.pages_not_read == (1,)
    assert document.read is False
    assert any("tesseract" in warning for warning in document.warnings)


def test_a_scanned_picture_needs_the_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("observance.evidence.readers.ocr.engine", lambda: None)
    with pytest.raises(UnsupportedError, match="tesseract"):
        read_document(b"\x89PNG\r\n\x1a\n" + bytes(100), name="scan.png")


def test_a_damaged_picture_is_told() -> None:
    if not shutil.which("tesseract"):
        pytest.skip("tesseract is not on this machine")
    with pytest.raises(FormatError):
        read_document(b"\x89PNG\r\n\x1a\n" + bytes(100), name="scan.png")
