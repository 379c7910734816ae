"""A resolution comes apart into its numbered paragraphs, whatever page it was printed on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.evidence.readers import read_document
from observance.measures.resolution import furniture, split_resolution
from observance.measures.review import review
from observance.packs import load_pack
from tests.measures.resolution_text import ANNEX, HEAD, HEADINGS, ORDER, PARAGRAPHS, html, plain

PACK = load_pack("dprk-1718")
WANTED = [*ORDER]
WANTED[WANTED.index("6") + 1 : WANTED.index("6") + 1] = ["6(i)", "6(ii)"]


def pdf(*, columns):
    weasyprint = pytest.importorskip("weasyprint", reason="makes the PDF of the test; comes with the extra pdf")
    return weasyprint.HTML(string=html(columns=columns)).write_pdf()


@pytest.fixture(scope="module", params=["text", "html", "pdf in one column", "pdf in two columns"])
def document(request):
    if request.param == "text":
        return read_document(plain().encode(), name="2375.txt")
    if request.param == "html":
        return read_document(html().encode(), name="2375.html")
    return read_document(pdf(columns="two" in request.param), name="2375.pdf")


def paragraphs_of(document):
    skip = [(b.start, b.end) for b in document.blocks if b.kind in {"furniture", "footnote", "boilerplate"}]
    return split_resolution(document.text, skip=skip, starts=[b.start for b in document.blocks])


def test_every_numbered_paragraph_is_found_once_and_in_order(document):
    assert [row.number for row in paragraphs_of(document) if not row.part] == WANTED


def test_a_paragraph_has_its_own_words_and_no_page_furniture(document):
    found = {row.number: row.text for row in paragraphs_of(document) if not row.part}
    for number, words in PARAGRAPHS.items():
        told = found[number].replace("- ", "-").replace("-", "")
        assert words.replace("-", "").rstrip(";.:") in told, number
        assert HEAD not in found[number]
        assert "17-15880" not in found[number]
        assert not any(found[number].endswith(heading) for heading in HEADINGS.values())


def test_annexes_count_from_one_and_are_kept_apart(document):
    found = [(row.part, row.number) for row in paragraphs_of(document) if row.part and "(" not in row.number]
    assert found == [
        (title.replace("Annex", "annex"), str(i)) for title, names in ANNEX.items() for i in range(1, len(names) + 1)
    ]


def test_spans_quote_the_text_and_sub_paragraphs_lie_inside(document):
    rows = {(row.part, row.number): row for row in paragraphs_of(document)}
    for (part, number), row in rows.items():
        assert 0 <= row.start < row.end <= len(document.text)
        if "(" in number:
            above = rows[part, number[: number.rindex("(")]]
            assert above.start <= row.start
            assert row.end <= above.end


def test_records_stand_beside_the_paragraphs_that_they_claim_to_encode(document):
    found = review(PACK, 2375, document)
    beside = {row.measure.id: row for row in found.rows}
    assert "high seas" in beside["2375:11"].paragraph.text
    assert "further names of goods" in beside["2375:4"].paragraph.text
    assert beside["2375:11"].span.exact.startswith("11.")
    assert beside["2375:13"].paragraph is None, "the composed text has no paragraph 13"
    assert document.holds(beside["2375:11"].span)


def test_heads_and_page_numbers_of_plain_text_are_furniture():
    text = plain()
    gone = [text[start:end] for start, end in furniture(text)]
    assert sum("17-15880" in line for line in gone) == 3
    assert not any("Decides" in line for line in gone)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. First;\n2. Second, as of\n3. of that month;\n3. Third.\n", ["1", "2", "3"]),
        ("1. One, see paragraph\n(a) of it;\n2. Two:\n(a) a;\n(b) b.\n", ["1", "2", "2(a)", "2(b)"]),
        ("1. One:\n(i) x;\n(ii) y;\n2. Two.\n", ["1", "1(i)", "1(ii)", "2"]),
        ("1. A:\n" + "".join(f"({c}) item;\n" for c in "abcdefghij"), ["1", *(f"1({c})" for c in "abcdefghij")]),
        ("12. Begins in the middle;\n13. and goes on.\n", []),
        ("", []),
        ("no numbers at all", []),
    ],
)
def test_marks_open_a_paragraph_only_where_one_can_stand(text, numbers):
    assert [row.number for row in split_resolution(text)] == numbers


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("12345.()abivx;: \nAnex§é漢")), max_size=400))
def test_any_text_is_split_without_a_fault(text):
    for row in split_resolution(text):
        assert 0 <= row.start <= row.end <= len(text)
