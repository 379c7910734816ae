"""Plain text and Markdown: the text is the bytes; paragraphs, datelines, by-lines and boilerplate are found in it."""

from __future__ import annotations

import pytest

from observance.evidence.readers import Document, media_type, read_document
from observance.evidence.readers.language import find_language
from observance.evidence.readers.recognise import find_dateline, is_boilerplate, is_byline


def read(text: str, name: str = "note.txt") -> Document:
    return read_document(text.encode(), name=name)


def of_kind(document: Document, *kinds: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def test_line_ends_and_blanks_stay_as_they_are() -> None:
    raw = b"First line.\r\n\r\n  Second \xc2\xa0line.\rThird line.\n"
    document = read_document(raw, name="a.txt")
    assert document.text == raw.decode()
    assert of_kind(document, "paragraph") == ["First line.", "Second \xa0line.", "Third line."]


def test_one_line_a_paragraph_and_wrapped_lines_are_told_apart() -> None:
    whole = "The ship left the port at noon with a cargo that nobody had seen before it was\nloaded by night, as two officials of the harbour said on Monday in a statement\nthat was given to the press."
    document = read(whole + "\n\n" + whole)
    assert of_kind(document, "paragraph") == [whole, whole]
    lines = ["The ship left the port.", "“It was dark,” he said.", "Nobody saw the cargo, they said."]
    assert of_kind(read("\n".join(lines)), "paragraph") == lines


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("SEOUL, July 24 (Agency) -- The ship left.", {"place": "SEOUL", "date": "July 24", "agency": "Agency"}),
        ("OSLO (Courier) — The ship left.", {"place": "OSLO", "agency": "Courier"}),
        ("MOSCOW, March 5. /BASS/. The ship left.", {"place": "MOSCOW", "date": "March 5", "agency": "BASS"}),
        (
            "UNITED NATIONS, Jan. 3, 2024 (Wire) - The ship left.",
            {"place": "UNITED NATIONS", "date": "Jan. 3, 2024", "agency": "Wire"},
        ),
        ("TOKYO/SEOUL, 3 March (Wire) – The ship left.", {"place": "TOKYO/SEOUL", "date": "3 March", "agency": "Wire"}),
        ("Bergen, 24 July 2024 – The ship left.", {"place": "Bergen", "date": "24 July 2024"}),
        ("WASHINGTON — The ship left.", {"place": "WASHINGTON"}),
        ("(Busan=Wire) The ship left.", {"place": "Busan", "agency": "Wire"}),
    ],
)
def test_datelines_are_taken_off_with_place_day_and_agency(line: str, parts: dict[str, str]) -> None:
    document = read(line)
    head, body = document.blocks
    assert head.kind == "dateline"
    assert {part.kind: document.text[part.start : part.end] for part in head.parts} == parts
    assert document.text[body.start : body.end] == "The ship left."


@pytest.mark.parametrize(
    "line",
    [
        "NATO - which met on Monday - said nothing.",
        "MR. BERG: I have nothing to say.",
        "The ship - an old one - left.",
        "Kim Berg (Norway) said so.",
        "On 3 March (Sunday) the ship left.",
        "IMO 9905215 - the tanker - left.",
        "THE SHIP — an old one — left.",
    ],
)
def test_no_dateline_where_there_is_none(line: str) -> None:
    assert find_dateline(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our weekly newsletter",
        "Unlock the Editor’s letter for free",
        "Read more: ships of the north",
        "Click here to subscribe",
        "Ann Berg, editor of the paper, picks her favourite stories in this weekly newsletter.",
        "Read the full article here",
        "© 2024 Fjord Courier. All rights reserved.",
        "Follow us on Telegram",
        "Advertisement",
        "Most read",
        "Share this article",
        "We use cookies to give you the best experience.",
        "Reporting by Ann Berg; editing by Li Wei",
        "Already a subscriber? Log in",
    ],
)
def test_lines_to_the_reader_of_the_page_are_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "The states signed up to the treaty in March.",
        "Shares of the company fell after the ship was seized.",
        "Related shipments of arms continued.",
        "The minister read the full text aloud.",
        "Members of the group follow orders from the capital, an official said.",
        "Recommended by the committee, the ban took effect.",
        "The company sold cookies and shells.",
        "Register entries show a new owner.",
        "Download speeds rose.",
        "The newsletter of the ministry said that the cargo was coal.",
    ],
)
def test_sentences_about_the_world_are_not(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Berg", "Ann Berg"),
        ("By Ann Berg and Li Wei in Oslo", "Ann Berg and Li Wei"),
        ("Ann Berg in Oslo", "Ann Berg"),
    ],
)
def test_bylines_name_their_authors(line: str, author: str) -> None:
    found = is_byline(line)
    assert found is not None
    assert found["author"].startswith(author)


@pytest.mark.parametrize(
    "line", ["By March the ship had left.", "By the time it left, it was dark.", "By sea and by land they came"]
)
def test_sentences_that_begin_with_by_are_no_bylines(line: str) -> None:
    assert is_byline(line) is None


@pytest.mark.parametrize(
    ("encoding", "words", "language"),
    [
        ("cp949", "국방부 장관은 어제 기자들에게 배가 항구를 떠났다고 말했다. 배에는 석탄이 없었다고 한다.", "ko"),
        ("gb18030", "外交部发言人昨天对记者说，这艘船在三月离开了港口，船上没有煤。", "zh"),
        ("big5", "外交部發言人昨天對記者說，這艘船在三月離開了港口，船上沒有煤。", "zh"),
        ("cp932", "その船は三月に港を出たと当局者がきのう述べた。積み荷は石炭ではないという。", "ja"),
        (
            "cp1251",
            "Представитель министерства сказал вчера, что судно не заходило в порт и груза на нем не было.",
            "ru",
        ),
        (
            "koi8-r",
            "Представитель министерства сказал вчера, что судно не заходило в порт и груза на нем не было.",
            "ru",
        ),
        ("cp1252", "Das Schiff hat den Hafen verlassen, und die Behörden sind über die Ladung nicht im Bilde.", "de"),
        ("utf-16-le", "The ship has left the port and the crew was not seen since.", "en"),
    ],
)
def test_undeclared_encodings_are_found_and_said(encoding: str, words: str, language: str) -> None:
    raw = (words + "\n").encode(encoding)
    document = read_document(raw, name="note.txt")
    assert document.text == words + "\n"
    assert document.encoding == encoding
    assert any(encoding in warning for warning in document.warnings)
    assert document.language == language
    assert document.read is (language == "en")
    span = document.span(4, 12)
    assert raw[span.byte_start : span.byte_end].decode(encoding) == span.exact


def test_a_few_accents_in_a_legacy_text_do_not_make_it_cyrillic() -> None:
    document = read_document("The café of Señor Núñez was seen from the ship.".encode("cp1252"), name="a.txt")
    assert document.encoding == "cp1252"
    assert "café of Señor Núñez" in document.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kim Jong Un, IMO 9905215", None),
        ("The ship was seen by the crew of a tanker.", "en"),
        ("Le navire a quitté le port et les autorités ne sont pas informées.", "fr"),
        ("Корабль был в порту, и на нем не было груза.", "ru"),
        ("Судно було у порту, і на ньому не було вантажу, що його мали.", "uk"),
        ("غادرت السفينة الميناء في الليل ولم يكن على متنها أي شيء", "ar"),
        ("12345", None),
    ],
)
def test_languages_are_named_only_where_the_words_are_clear(text: str, language: str | None) -> None:
    assert find_language(text) == language


def test_a_text_in_another_language_is_kept_and_marked_as_not_read() -> None:
    document = read("Das Schiff hat den Hafen in der Nacht verlassen, und die Behörde ist nicht informiert.")
    assert document.read is False
    assert document.language == "de"
    assert any("not read" in warning for warning in document.warnings)
    assert of_kind(document, "paragraph")


def test_markdown_keeps_its_marks_and_names_its_blocks() -> None:
    raw = "# The ship\n\nIt left the port\nat noon.\n\n> No flag.\n\n## Cargo\n\n- coal\n- sand\n\n```\nx = 1\n```\n"
    document = read(raw, "note.md")
    assert document.text == raw
    assert of_kind(document, "headline") == ["The ship"]
    assert of_kind(document, "paragraph") == ["It left the port\nat noon."]
    assert of_kind(document, "quote") == ["No flag."]
    assert of_kind(document, "list_item") == ["coal", "sand"]
    assert of_kind(document, "code") == ["```\nx = 1\n```"]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.4", "x.txt", "application/pdf"),
        (b"<!DOCTYPE html><p>x", "x.txt", "text/html"),
        (b"\xef\xbb\xbf<html>", "x", "text/html"),
        (b"Plain < text", "x.txt", "text/plain"),
        (b"# x", "x.md", "text/markdown"),
        (b"PK\x05\x06" + bytes(18), "x.docx", "application/zip"),
        (b"Subject: none of this is mail.\nReally.", "x.txt", "text/plain"),
        (b"<?xml version='1.0'?><!-- c --><rss/>", "x", "application/rss+xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "x", "application/atom+xml"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_bytes(data: bytes, name: str, kind: str) -> None:
    assert media_type(data, name) == kind
