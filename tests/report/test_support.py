"""A report with a sentence that rests on nothing does not build, and the error names the sentence."""

from dataclasses import replace

import pytest

from observance.errors import ReportError
from observance.model import Gap, Indicator, Statement
from observance.report import build_report
from observance.report.check import check_support
from observance.report.tree import Bullets, Paragraph, Section, Sentence, Support, Text
from tests.report.case import ALLEGED, BELIEVED, CONCLUDED, DENIAL, case, finding


def with_statement(statement: Statement):
    return case(findings=(finding(replace(ALLEGED, statements=(statement,)), "arms"), finding(CONCLUDED, "panel")))


@pytest.mark.parametrize("layer", ["concluded", "assessed", "alleged", "not_determined", "conditional"])
def test_a_statement_that_rests_on_nothing_stops_the_build_and_is_named(layer):
    bare = Statement(layer=layer, text="The freighter carried forty thousand shells.", condition="If it sailed")
    with pytest.raises(ReportError) as caught:
        build_report(with_statement(bare))
    assert "The freighter carried forty thousand shells." in str(caught.value)
    assert "rests on nothing" in str(caught.value)


def test_every_sentence_that_rests_on_nothing_is_named_at_once():
    pair = tuple(Statement(layer="alleged", text=text) for text in ("First bare sentence.", "Second bare sentence."))
    with pytest.raises(ReportError) as caught:
        build_report(case(findings=(finding(replace(ALLEGED, statements=pair), "arms"),)))
    assert "First bare sentence." in str(caught.value)
    assert "Second bare sentence." in str(caught.value)


def test_a_statement_that_cites_what_the_file_does_not_hold_stops_the_build():
    with pytest.raises(ReportError, match="obs-0000"):
        build_report(with_statement(Statement(layer="alleged", text="A claim.", supports=("obs-0000",))))


def test_a_denial_alone_carries_no_allegation():
    with pytest.raises(ReportError, match="rests on nothing"):
        build_report(with_statement(Statement(layer="alleged", text="Shells moved.", contradicts=(DENIAL.id,))))


def test_a_denial_can_carry_what_is_not_determined():
    asked = Statement(layer="not_determined", text="Whether shells moved is not determined.", contradicts=(DENIAL.id,))
    report = build_report(with_statement(asked))
    assert any(part.title.startswith("Finding") for part in report.sections[2].sections)


def test_a_watch_line_without_a_known_claim_stops_the_build():
    with pytest.raises(ReportError, match="Trains to the border"):
        build_report(case(watch=(Indicator(id="wch-x", title="Trains to the border", observations=("obs-gone",)),)))


def hung(sentence: Sentence):
    report = build_report(case())
    extra = Section(anchor="x", title="Extra", blocks=(Paragraph(sentences=(sentence,)),))
    return replace(report, sections=(*report.sections, extra))


def test_structural_text_must_not_pretend_to_rest_on_something():
    words = (Text(text="A label."),)
    sentence = Sentence(parts=words, basis="structural", supports=Support.many("observation", (BELIEVED.id,)))
    with pytest.raises(ReportError, match="structural"):
        check_support(hung(sentence), case())


def test_a_statement_about_the_world_may_not_rest_on_the_finding_that_it_belongs_to():
    sentence = Sentence(parts=(Text(text="Shells moved."),), supports=Support.many("finding", ("fnd-arms",)))
    with pytest.raises(ReportError, match="needs what the finding saw"):
        check_support(hung(sentence), case())


def test_a_bare_sentence_deep_in_a_nested_section_is_found():
    report = build_report(case())
    deep = Section(anchor="y", title="Deep", blocks=(Bullets(items=(Sentence(parts=(Text(text="Bare."),)),)),))
    nested = replace(report, sections=(Section(anchor="x", title="Outer", sections=(deep,)),))
    with pytest.raises(ReportError) as caught:
        check_support(nested, case())
    assert caught.value.where == "Outer > Deep"


def test_a_view_as_of_a_day_shows_nothing_published_later():
    with pytest.raises(ReportError, match="2024-06-13"):
        build_report(case(as_of="2024-06-12"))


def test_a_gap_needs_no_observation_but_an_evidence_base():
    report = build_report(case(gaps=(Gap(text="Nobody saw the cargo."),)))
    gaps = next(section for section in report.sections if section.anchor == "gaps")
    assert gaps.blocks[0].items[0].basis == "review"
    assert gaps.blocks[0].items[0].supports
