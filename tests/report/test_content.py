"""What a report shows: offers as offers, denials beside claims, one origin once, exempt as exempt."""

import re
from dataclasses import replace

import pytest

from observance.model import Correction, Dissent, Finding, Reply
from observance.report import build_report, render_html
from observance.report.summary import SENTENCES
from observance.report.tree import Bullets, NoteRef, Ref, plain
from tests.report.case import (
    ALLEGED,
    BELIEVED,
    CAPACITY,
    CONCLUDED,
    DRIFTED,
    NOW,
    OFFER,
    OIL,
    case,
    finding,
)


def section(report, anchor):
    found = [one for one in report.sections if one.anchor == anchor]
    assert found, f"no section {anchor}"
    return found[0]


def words(part) -> str:
    """All words of a section, depth first."""
    out = [part.title]
    for block in part.blocks:
        match block:
            case Bullets(items=items):
                out.extend(item.words for item in items)
            case _ if hasattr(block, "rows"):
                out.extend(plain(line) for row in block.rows for cell in row.cells for line in cell.lines)
            case _ if hasattr(block, "sentences"):
                out.append(getattr(block, "title", ""))
                out.extend(sentence.words for sentence in block.sentences)
    return "\n".join([*out, *(words(one) for one in part.sections)])


def beside(part):
    return next(one for one in part.sections if one.anchor.endswith("-beside")).blocks


def test_an_offer_is_shown_as_an_offer_wherever_it_is_shown():
    html = render_html(build_report(case()))
    shown = re.findall(
        r'<span class="(chip modality [^"]*)">([^<]*)</span> <span class="said ([^"]*)">“<bdi>([^<]*)', html
    )
    offers = [one for one in shown if one[3].startswith("Valdoria has offered")]
    assert offers
    assert {(chip, word, mark) for chip, word, mark, _ in offers} == {
        ("chip modality m-offered", "offered", "m-offered")
    }


def test_no_offer_stands_among_what_speaks_for_a_finding():
    report = build_report(
        case(
            findings=(
                finding(replace(ALLEGED, observations=(*ALLEGED.observations, OFFER.id), beside=(OFFER.id,)), "arms"),
            )
        )
    )
    sides = next(one for one in section(report, "findings").sections[0].sections if one.anchor.endswith("-sides"))
    assert "offered North Korea technology" not in words(sides)
    assert "offered North Korea technology" in words(section(report, "findings"))


def test_a_denial_stands_beside_its_claim_with_the_name_of_the_denier():
    report = build_report(case())
    arms = section(report, "findings").sections[1]
    denial = next(block for block in beside(arms) if block.kind == "denial")
    assert "Ministry of Foreign Affairs of Valdoria" in denial.title
    assert "denied by Ministry of Foreign Affairs of Valdoria" in render_html(report)


def test_a_denial_takes_no_claim_away():
    arms = section(build_report(case()), "findings").sections[1]
    sides = next(one for one in arms.sections if one.anchor.endswith("-sides"))
    assert BELIEVED.statement in words(sides)


def test_relays_of_one_origin_share_a_row_and_are_not_counted():
    arms = section(build_report(case()), "findings").sections[1]
    sides = next(one for one in arms.sections if one.anchor.endswith("-sides"))
    rows = sides.blocks[0].rows
    heads = [plain(row.cells[0].lines[0]) for row in rows]
    assert heads[:2] == ["Edda Marnholt to the Meridian Wire, 2024-06-11", "Karsovian officials to the Harbour Courier"]
    assert "reached us through Evening Tide, Meridian Wire, North Pier Daily" in plain(rows[0].cells[0].lines[1])
    assert "2 independent origins" in words(arms)


def test_drift_stands_beside_its_source_with_both_figures():
    arms = section(build_report(case()), "findings").sections[1]
    drift = next(block for block in beside(arms) if block.kind == "drift")
    told = "\n".join(sentence.words for sentence in drift.sentences)
    assert "up to 40,000 shells (a capacity, not an amount moved)" in told
    assert CAPACITY.statement in told
    assert DRIFTED.statement in told


def test_what_is_exempt_is_shown_as_exempt_and_as_no_finding():
    report = build_report(case())
    assert "1,150 barrels" in words(section(report, "exempt"))
    assert "EX-OIL-REPORTED" in words(section(report, "exempt"))
    assert "1,150 barrels" not in words(section(report, "findings"))


def test_a_finding_of_what_may_be_exempt_is_marked_so_in_summary_and_title_and_comes_after_the_rest():
    spared = replace(ALLEGED, title="Aaa: exempt, if the paper is produced", measures=((OIL, "possibly_exempt"),))
    report = build_report(case(findings=(finding(spared, "oil"), finding(ALLEGED, "arms"))))
    parts = section(report, "findings").sections
    assert [part.title.partition(". ")[2][:3] for part in parts] == ["Nor", "Aaa"]
    assert "possibly exempt" in {chip.label for chip in parts[1].chips}
    assert "possibly exempt" not in {chip.label for chip in parts[0].chips}
    line = next(item for item in section(report, "summary").blocks[0].items if "Aaa" in item.words)
    assert line.words.startswith("[alleged] [possibly exempt] Aaa")


def test_a_listed_name_is_shown_with_list_entry_and_row_and_as_no_proof_of_conduct():
    told = words(section(build_report(case()), "matches"))
    for expected in (
        "Hui Chon",
        "un-1718-vessels of 2020-06-04, entry 16, row 16",
        "1.00",
        "A listing is no proof of conduct.",
    ):
        assert expected in told


def test_the_summary_has_ten_sentences_at_most_and_each_is_footnoted():
    many = tuple(finding(replace(ALLEGED, title=f"Claim {number:02}"), f"n{number}") for number in range(25))
    for findings in ((), (finding(CONCLUDED, "panel"),), many):
        summary = section(build_report(case(findings=findings)), "summary")
        items = summary.blocks[0].items
        assert 0 < len(items) <= SENTENCES
        assert all(item.supports for item in items)
        assert all(any(isinstance(part, NoteRef | Ref) for part in item.parts) for item in items)
    told = words(summary)
    assert "further findings stand below" in told


def test_findings_come_firmest_layer_first_and_a_withdrawn_one_last_and_visible():
    withdrawn = replace(CONCLUDED, status="withdrawn", title="Aaa first by name")
    report = build_report(
        case(findings=(finding(ALLEGED, "arms"), finding(withdrawn, "gone"), finding(CONCLUDED, "panel")))
    )
    titles = [one.title for one in section(report, "findings").sections]
    assert titles[0] == f"Finding 1. {CONCLUDED.title}"
    assert titles[-1] == "Finding 3, withdrawn. Aaa first by name"
    assert "Aaa first by name" not in words(section(report, "summary"))


def test_unsigned_measures_are_marked_and_a_signed_one_differs():
    report = build_report(case())
    chips = {one.anchor: [chip.label for chip in one.chips] for one in section(report, "measures").sections}
    assert "unsigned" in chips["m-1874-9"]
    assert "signed by R. Reviewer 2024-06-01" in chips["m-1874-26"]
    assert "unsigned" not in chips["m-1874-26"]
    assert any(callout.title == "Status of the measures" for callout in report.head.callouts)


def test_a_composed_document_is_marked_in_the_head_and_in_every_footnote_to_it():
    report = build_report(case())
    assert any(callout.kind == "composed" for callout in report.head.callouts)
    for note in report.footnotes:
        assert "[composed for demonstration]" in plain(note.source)


def test_reply_dissent_and_correction_are_told_with_their_reasons():
    version = replace(
        ALLEGED,
        number=2,
        status="corrected",
        replies=(
            Reply(
                party="Valdoria",
                asked_on=NOW,
                due="2024-07-01",
                answered_on=NOW,
                answer="It was flour.",
                assessment="No paper was shown.",
            ),
            Reply(party="North Korea", asked_on=NOW, due="2024-07-01", silent=True),
        ),
        dissents=(Dissent(by="A. Expert", at=NOW, reason="One origin is too few."),),
        corrections=(Correction(at=NOW, by="B. Editor", was="50,000", now="40,000", reason="misread"),),
    )
    text = words(
        section(
            build_report(case(findings=(Finding(id="fnd-a", key="a", regime="r", versions=(ALLEGED, version)),))),
            "findings",
        )
    )
    for expected in (
        "It was flour.",
        "No paper was shown.",
        "did not answer",
        "One origin is too few.",
        "“50,000”",
        "“40,000”",
        "misread",
        "Version 2",
    ):
        assert expected in text


def test_a_quote_is_highlighted_in_its_context():
    html = render_html(build_report(case()))
    assert '<bdi>Karsovian officials believe that </bdi><mark class="m-believed"><bdi>North Korea has supplied' in html


def test_an_empty_case_says_so_and_clears_nobody():
    report = build_report(
        case(
            evidence=(),
            observations=(),
            judgements=(),
            events=(),
            origins=(),
            drifts=(),
            findings=(),
            watch=(),
            gaps=(),
            lists=(),
            not_read=(),
        )
    )
    html = render_html(report)
    assert "That is no clearance" in html
    assert "observance archive FILE" in html


@pytest.mark.parametrize("word", ["violation", "breach", "guilty", "illegal"])
def test_no_verdict_word_of_the_forbidden_list_comes_from_the_report_itself(word):
    assert word not in render_html(build_report(case())).lower()
