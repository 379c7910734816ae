"""Damaged and hostile documents: a clear error or a sound document, never a traceback, never without end."""

from __future__ import annotations

import gzip
import io
import random
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.errors import FormatError, LimitError, ObservanceError
from observance.evidence.readers import Limits, read_document
from tests.evidence.readers import making

MIB = 1024 * 1024
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 9))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def tells(fault: ObservanceError, name: str) -> None:
    """An error says what, where, what was got or expected, and what to do next."""
    assert fault.what
    assert name in fault.where
    assert fault.got or fault.expected
    assert "Traceback" not in str(fault)


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as member,
    ):
        member.write(f"<w:document {making.W}><w:body><w:p><w:r><w:t>".encode())
        for _ in range(size // MIB):
            member.write(b"a" * MIB)
        member.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return out.getvalue()


def encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for sheet in PdfReader(io.BytesIO(making.pdf_of())).pages:
        writer.add_page(sheet)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


BAD = (
    ("empty.txt", b"", FormatError, "empty"),
    ("blank.txt", b" \r\n \n", FormatError, "nothing"),
    ("binary.txt", random.Random(1).randbytes(4000), FormatError, ""),
    ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(200), FormatError, ""),
    ("nuls.txt", b"The ship" + bytes(50) + b"left.", FormatError, ""),
    ("laughs.xml", (LAUGHS + "<rss><channel><title>&lol8;</title></channel></rss>").encode(), FormatError, "entities"),
    (
        "outside.xml",
        (OUTSIDE + "<rss><channel><item><title>&x;</title></item></channel></rss>").encode(),
        FormatError,
        "entities",
    ),
    (
        "laughs.docx",
        making.docx("", extra={"word/footnotes.xml": (LAUGHS + "<x>&lol8;</x>").encode()}),
        FormatError,
        "entities",
    ),
    (
        "outside.docx",
        making.docx(
            "<w:p><w:r><w:t>A ship.</w:t></w:r></w:p>", extra={"docProps/core.xml": (OUTSIDE + "<r>&x;</r>").encode()}
        ),
        FormatError,
        "entities",
    ),
    ("paths.docx", making.docx_of().replace(b"word/styles.xml", b"../../etc/hosts"), FormatError, "leads out"),
    ("list.xml", b'<?xml version="1.0"?><CONSOLIDATED_LIST/>', FormatError, "not a document"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FormatError, "not a document"),
    ("page.html", b"<html><body><script>document.write('x')</script></body></html>", FormatError, "no text"),
    ("feed.json", b'{"version":"https://jsonfeed.org/version/1","items":[', FormatError, "damaged"),
    (
        "cut.warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200 OK\r\n",
        FormatError,
        "",
    ),
    ("cut.docx", making.docx_of()[:-200], FormatError, ""),
    (
        "empty.warc.gz",
        gzip.compress(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
        FormatError,
        "",
    ),
)


@pytest.mark.parametrize(("name", "data", "kind", "says"), BAD, ids=[case[0] for case in BAD])
def test_bad_input_gets_a_clear_error(name: str, data: bytes, kind: type[ObservanceError], says: str) -> None:
    with pytest.raises(kind) as caught:
        read_document(data, name=name)
    tells(caught.value, name)
    assert says in str(caught.value)


def test_a_cut_off_pdf_is_said_to_be_cut_off() -> None:
    data = making.pdf_of(making.PARAGRAPHS * 10)
    with pytest.raises(FormatError, match="cut off"):
        read_document(data[: len(data) // 2], name="cut.pdf")


def test_an_encrypted_pdf_asks_for_an_open_copy() -> None:
    with pytest.raises(FormatError, match="encrypted") as caught:
        read_document(encrypted_pdf(), name="locked.pdf")
    tells(caught.value, "locked.pdf")


def test_a_page_of_fifty_megabytes_is_refused_at_once() -> None:
    data = b"<html><body>" + b"<p>The ship left the port.</p>" * (50 * MIB // 30) + b"</body></html>"
    began = time.perf_counter()
    with pytest.raises(LimitError, match="too large"):
        read_document(data, name="big.html")
    assert time.perf_counter() - began < 5


def test_a_word_file_that_unpacks_to_gigabytes_is_stopped_on_the_way() -> None:
    data = bomb(600 * MIB)
    assert len(data) < MIB
    with pytest.raises(LimitError, match="unpacks"):
        read_document(data, name="bomb.docx")


def test_a_capture_that_unpacks_without_end_is_stopped_on_the_way() -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: %d\r\n\r\n" % (
        300 * MIB
    )
    data = gzip.compress(head + b"HTTP/1.1 200 OK\r\n\r\n" + bytes(300 * MIB - 19) + b"\r\n\r\n", compresslevel=1)
    with pytest.raises(LimitError, match="unpacks"):
        read_document(data, name="bomb.warc.gz")


COSTLY = (
    ("deep.html", b"<div>" * 200_000 + b"The ship left." + b"</div>" * 200_000),
    ("quotes.html", b"<p>The ship left.</p>" + b'<a b="' * 100_000),
    ("less.html", b"<p>The ship left.</p>" + b"<" * 500_000),
    ("amps.html", b"<p>The ship left.</p>" + b"&" * 500_000 + b"&#" * 100_000),
    ("comments.html", b"<p>The ship left.</p>" + b"<!--" * 100_000),
    ("tables.html", b"<p>The ship left.</p>" + b"<table><tr><td colspan=99 rowspan=99>" * 20_000),
    ("attributes.html", b"<p>The ship left.</p><p " + b"a " * 500_000 + b">x</p>"),
    ("breaks.html", b"<p>" + b"The ship left.<br>" * 60_000),
    ("words.html", b"<p>" + b"a " * 1_000_000),
    ("deep.xml", b"<rss><channel><item>" + b"<a>" * 100_000),
    ("deep.json", b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000),
    ("deep.docx", making.docx("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000)),
    ("lines.txt", b"The ship\n" * 300_000),
    ("dots.txt", b"SEOUL, " * 200_000),
    ("capitals.txt", b"A B " * 40 + b"\n" + b"By " + b"Aa " * 50_000),
    ("marks.md", b"#" * 100_000 + b"\n" + b">" * 100_000),
    ("heads.eml", b"From: a\nMessage-ID: b\n" + b"Subject: x\n y\n" * 20_000 + b"\nThe ship left.\n"),
    (
        "parts.eml",
        b"From: a\nMIME-Version: 1.0\nMessage-ID: b\nContent-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
    ),
)


@pytest.mark.parametrize(("name", "data"), COSTLY, ids=[case[0] for case in COSTLY])
def test_documents_built_to_cost_time_end_soon(name: str, data: bytes) -> None:
    began = time.process_time()
    try:
        document = read_document(data, name=name)
    except ObservanceError as fault:
        tells(fault, name)
    else:
        assert document.text
    assert time.process_time() - began < 20


def pdf_with(content: bytes, *, extra: bytes = b"") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        + extra
        + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    )


CIRCLES = (
    (
        "loop.pdf",
        pdf_with(
            b"BT /F 12 Tf 50 700 Td (The ship left.) Tj ET /X Do",
            extra=b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 12>>stream\n/X Do /X Do \nendstream endobj\n",
        ),
    ),
    (
        "pages.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    ),
    ("numbers.pdf", pdf_with(b"BT /F 1e300 Tf 1e308 1e308 Td (x) Tj /F 12 Tf 1 0 0 1 50 50 Tm (The ship left.) Tj ET")),
    ("junk.pdf", b"%PDF-1.7\n" + random.Random(3).randbytes(3000) + b"\n%%EOF"),
    ("nothing.pdf", b"%PDF-1.7\n%%EOF"),
)


@pytest.mark.parametrize(("name", "data"), CIRCLES, ids=[case[0] for case in CIRCLES])
def test_a_pdf_that_goes_in_circles_or_holds_nonsense_ends(name: str, data: bytes) -> None:
    try:
        document = read_document(data, name=name, limits=Limits(seconds=20))
    except ObservanceError as fault:
        tells(fault, name)
    else:
        assert "The ship left." in document.text


def test_a_pdf_past_its_time_is_ended_and_said() -> None:
    data = pdf_with(b"BT /F 12 Tf 50 700 Td " + b"(The ship left the port.) Tj " * 400_000 + b"ET")
    began = time.perf_counter()
    with pytest.raises(LimitError) as caught:
        read_document(data, name="slow.pdf", limits=Limits(seconds=0.5))
    assert time.perf_counter() - began < 10
    tells(caught.value, "slow.pdf")


SOUND = {
    "a.txt": making.text(),
    "a.html": making.page(head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>'),
    "a.docx": making.docx_of(),
    "a.eml": making.mail(),
    "a.rss": making.rss(),
    "a.warc": making.warc(gzip=False),
    "a.warc.gz": making.warc(),
    "a.md": b"# A ship\n\n> said\n\n- one\n- two\n\n```\ncode\n```\n",
    "a.json": b'{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"title":"T","content_html":"<p>The ship left.</p>"}]}',
}


def sound_or_told(data: bytes, name: str) -> None:
    """Either a document all of whose blocks re-read, or an error that tells."""
    try:
        document = read_document(data, name=name, limits=Limits(seconds=20))
    except ObservanceError as fault:
        tells(fault, name)
        return
    before = 0
    for block in document.blocks:
        assert before <= block.start < block.end <= len(document.text)
        before = block.end
        assert document.holds(document.span(block.start, block.end))
    again = read_document(data, name=name, limits=Limits(seconds=20))
    assert again.text == document.text
    assert again.blocks == document.blocks


@pytest.mark.parametrize("name", sorted(SOUND))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_flipped_bits_and_cut_ends_give_an_error_or_a_sound_document(name: str, data: st.DataObject) -> None:
    body = bytearray(SOUND[name])
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(body)))
    sound_or_told(bytes(body[: cut if data.draw(st.booleans()) else len(body)]), name)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_pdf_gives_an_error_or_a_sound_document(seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(making.pdf_of())
    for _ in range(chance.randint(1, 40)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    if seed % 3 == 0:
        del body[chance.randrange(len(body)) : chance.randrange(len(body))]
    sound_or_told(bytes(body), "a.pdf")


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.html", "a.eml", "a.md", "a.json", "a.bin", "a"]))
def test_any_bytes_under_any_name_give_an_error_or_a_sound_document(data: bytes, name: str) -> None:
    sound_or_told(data, name)
