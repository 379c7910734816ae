"""The page: self-contained, escaped, the same bytes for the same input, and no dead link."""

import random
import re
import string
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from observance.model import DocumentMeta
from observance.report import ReadingInput, build_report, render_html, render_markdown, render_reading
from tests.report.case import CAPACITY, OBSERVATIONS, OFFER, TEXTS, case, cite, claim, evidence, sha

HOSTILE = "<script>alert(1)</script>\" onload='x' &amp; \u202eevil\x00 </style> <!-- ]]>"


class Strict(HTMLParser):
    """Collects ids, links and headings; fails where a tag does not close."""

    VOID = frozenset({"meta", "br", "col", "line", "rect", "circle", "polygon", "path"})

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.heads: list[int] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        values = dict(attrs)
        assert not any(name.startswith("on") for name in values), f"event handler on {tag}"
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.heads.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag):
        assert self.open
        assert self.open.pop() == tag


def parsed(html: str) -> Strict:
    page = Strict()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def test_the_page_is_well_formed_with_unique_ids_and_no_dead_link():
    page = parsed(render_html(build_report(case())))
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_headings_never_skip_a_level():
    heads = parsed(render_html(build_report(case()))).heads
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(heads))


def test_the_page_asks_nothing_of_a_network_and_runs_nothing():
    html = render_html(build_report(case()))
    assert "script" not in parsed(html).tags
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
    assert not re.search(r"@import|url\(", html)


def test_the_same_input_gives_the_same_bytes():
    assert render_html(build_report(case())) == render_html(build_report(case()))


def test_the_order_in_which_records_arrive_changes_nothing():
    base = case()
    shuffled = {}
    for name in (
        "evidence",
        "observations",
        "judgements",
        "events",
        "origins",
        "drifts",
        "findings",
        "watch",
        "measures",
        "lists",
    ):
        values = list(getattr(base, name))
        random.Random(7).shuffle(values)
        shuffled[name] = tuple(values)
    assert render_html(build_report(case(**shuffled))) == render_html(build_report(base))


def test_hostile_words_stay_words_wherever_they_come_from():
    bad = claim("port", "The general cargo ship", statement=HOSTILE, event_type="arms_transfer")
    record = replace(
        evidence("port"), name=HOSTILE, meta=DocumentMeta(publisher=HOSTILE, title=HOSTILE, published="2024-05-07")
    )
    given = case(title=HOSTILE, scope=HOSTILE, by=HOSTILE, tool=HOSTILE)
    given = replace(
        given,
        evidence=(*(one for one in given.evidence if one.sha256 != sha("port")), record),
        observations=(*given.observations, bad),
        watch=(replace(given.watch[0], title=HOSTILE, observations=(bad.id,), confirm=HOSTILE),),
        passage=lambda citation: (HOSTILE, HOSTILE, HOSTILE),
    )
    page = parsed(render_html(build_report(given)))
    assert "script" not in page.tags
    html = render_html(build_report(given))
    assert "<script>alert" not in html
    assert "\x00" not in html
    assert html.count("</style>") == 1


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=string.printable + "<>&\"'\u202e\ud7ff한", max_size=60))
def test_no_words_in_a_quote_break_a_line_of_the_markdown(words):
    plain = render_markdown(build_report(case(passage=lambda citation: ("x", "x", "x"))))
    hostile = render_markdown(build_report(case(passage=lambda citation: (words, words, words))))
    assert len(plain.splitlines()) == len(hostile.splitlines())
    assert len(re.findall(r"(?<!\\)<", plain)) == len(re.findall(r"(?<!\\)<", hostile))


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=string.printable + "<>&\"'\u202e\ud7ff한", max_size=60))
def test_any_words_in_a_quote_leave_the_page_well_formed(words):
    given_ = case(passage=lambda citation: (words, words, words), title=words or "x")
    parsed(render_html(build_report(given_)))


def test_every_figure_has_a_table_twin_and_a_caveat():
    html = render_html(build_report(case()))
    figures = re.findall(
        r'<figure id="([^"]+)"><figcaption><strong>[^<]+</strong><span>[^<]+</span></figcaption>', html
    )
    assert {"fig-time", "fig-map"} <= set(figures)
    assert html.count("<svg ") == len(figures)
    assert html.count("<svg ") == html.count('role="img"')


def test_hashes_of_all_evidence_stand_whole_with_the_lines_that_verify_them():
    html = render_html(build_report(case()))
    for one in case().evidence:
        assert html.count(one.sha256) >= 2
        assert f"{one.sha256}  evidence/{one.sha256[:2]}/{one.sha256}" in html


def reading(**changes):
    spans = tuple(one for one in OBSERVATIONS if one.citations[0].evidence == sha("wire"))
    return replace(
        ReadingInput(
            name="wire.txt", text=TEXTS["wire"], sha256=sha("wire"), meta=evidence("wire").meta, observations=spans
        ),
        **changes,
    )


def test_the_reading_page_marks_each_claim_by_its_modality():
    html = render_reading(reading())
    parsed(html)
    assert '<mark class="m-offered">Valdoria has offered' in html
    assert '<mark class="m-conditional">The containers could hold' in html
    assert html.count('<tr role="row" id="k') == 3


def test_the_text_of_the_reading_page_is_the_text_of_the_document():
    html = render_reading(reading())
    article = re.search(r"<article[^>]*>(.*?)</article>", html, re.DOTALL)[1]
    bare = re.sub(r"<sup>.*?</sup>", "", article)
    assert re.sub(r"<[^>]+>", "", bare).replace("&#x27;", "'") == TEXTS["wire"]


def test_overlapping_claims_are_marked_by_the_shorter_one_and_each_has_its_number():
    inner = claim("wire", "120 containers", modality="believed")
    outer = claim("wire", "North Korea had shipped at least 120 containers to Valdoria", modality="asserted")
    html = render_reading(reading(observations=(inner, outer)))
    parsed(html)
    assert '<mark class="m-believed">120 containers</mark>' in html
    assert 'id="t1"' in html
    assert 'id="t2"' in html


def test_a_text_without_claims_says_so():
    assert "No claim was read" in render_reading(reading(observations=()))


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_any_set_of_spans_keeps_the_text_of_the_reading_page(data):
    text = TEXTS["wire"]
    edges = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(edges, edges), max_size=6))
    observations = []
    for first, last in spans:
        start, end = sorted((first, last))
        if start < end:
            citation = cite("wire", text[start:end])
            selector = replace(citation.selector, start=start, end=end)
            observations.append(replace(OFFER, citations=(replace(citation, selector=selector),)))
    html = render_reading(reading(observations=tuple(observations)))
    parsed(html)
    article = re.search(r"<article[^>]*>(.*?)</article>", html, re.DOTALL)[1]
    bare = re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", article))
    assert bare.replace("&#x27;", "'") == text


def test_a_capacity_is_drawn_as_an_outline_and_never_as_an_amount():
    html = render_html(build_report(case()))
    assert CAPACITY.id in html
    assert re.search(r'class="mk m-conditional bar"', html)
