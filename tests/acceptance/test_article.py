"""The acceptance article, alone and with its companions, from bytes to findings. Needs the test material."""

import io
from datetime import UTC, datetime

import pytest
import yaml

from observance.evidence.readers.meta import read_meta
from observance.workspace import Workspace
from tests.acceptance.holding import candidates, claims_inside, missing_claims, shown_as_asserted, verdict_misses
from tests.material import shared

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def gold():
    return yaml.safe_load(shared("acceptance/article_claims.yaml").read_text())


def as_text(folder):
    path = folder / "article.txt"
    path.write_bytes(shared("acceptance/article.txt").read_bytes())
    return path


def paragraphs():
    return [line for line in shared("acceptance/article.txt").read_text().split("\n") if line.strip()]


def as_html(folder):
    import html

    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in paragraphs())
    page = (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>A visit</title></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<main><article>{body}</article></main><footer><p>All rights reserved.</p></footer></body></html>"
    )
    path = folder / "article.html"
    path.write_text(page, encoding="utf-8")
    return path


def as_pdf(folder):
    import html

    weasyprint = pytest.importorskip(
        "weasyprint", reason="making a PDF of the article needs the extra `pdf`", exc_type=Exception
    )
    body = "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs())
    buffer = io.BytesIO()
    style = "<style>@page { size: A4; margin: 2.5cm } body { font: 11pt 'DejaVu Serif', serif }</style>"
    weasyprint.HTML(string=f"<html lang='en'><head>{style}</head><body>{body}</body></html>").write_pdf(buffer)
    path = folder / "article.pdf"
    path.write_bytes(buffer.getvalue())
    return path


FORMATS = {"text": as_text, "html": as_html, "pdf": as_pdf}


@pytest.fixture(scope="module", params=list(FORMATS))
def alone(request, tmp_path_factory):
    """Test (a): the article alone, in each format."""
    folder = tmp_path_factory.mktemp(request.param)
    workspace = Workspace.init(folder / "case", clock=lambda: NOW)
    meta, _ = read_meta(shared("acceptance/article.meta.yaml"))
    workspace.archive([FORMATS[request.param](folder)], meta=meta)
    summary = workspace.run()
    return workspace, workspace.view(), summary, request.param


def moved(workspace, golds):
    from observance.evidence.readers import read_document

    (record,) = (one for one in workspace.archive_.records().values() if one.kind == "document")
    text = read_document(workspace.archive_.read(record), name=record.name, given=record.meta).text
    out = []
    for one in golds:
        at = text.find(one["quote"])
        assert at >= 0, f"{one['id']}: its words do not stand in the text that was read"
        out.append({**one, "span": {"start": at, "end": at + len(one["quote"])}})
    return out


def test_every_statement_is_found_with_speaker_modality_roles_item_quantity_and_date(alone):
    workspace, view, _, _ = alone
    misses = missing_claims(view.observations, moved(workspace, gold()["claims"]))
    assert misses == [], "\n".join(misses)


def test_nothing_that_is_not_asserted_is_shown_as_asserted(alone):
    workspace, view, _, _ = alone
    assert shown_as_asserted(view.observations, moved(workspace, gold()["claims"])) == []


def test_boilerplate_yields_nothing(alone):
    workspace, view, _, _ = alone
    boilerplate = [one for one in gold()["not_claims"] if one["kind"] == "boilerplate"]
    assert claims_inside(view.observations, moved(workspace, boilerplate)) == []
    assert not any("Khalaf" in link.name for one in view.observations for link in one.chain)


def test_every_claim_meets_the_paragraphs_it_should_and_engages_no_other(alone):
    workspace, view, _, _ = alone
    golds = moved(workspace, gold()["claims"])
    claim_of = {one["id"]: found[0] for one in golds if (found := candidates(view.observations, one))}
    misses = verdict_misses(claim_of, view.judgements, golds)
    assert misses == [], "\n".join(misses)


def test_two_findings_and_no_more(alone):
    workspace, view, _, _ = alone
    golds = {one["id"]: one for one in moved(workspace, gold()["claims"])}
    findings = [finding.current for finding in view.found.findings]
    assert sorted(version.layer for version in findings) == ["alleged", "concluded"], [v.title for v in findings]
    by_layer = {version.layer: version for version in findings}
    for expected, layer in (("F1", "alleged"), ("F2", "concluded")):
        wanted = next(one for one in gold()["expected_findings"] if one["id"] == expected)
        claims = [found[0].id for key in wanted["claims"] if (found := candidates(view.observations, golds[key]))]
        version = by_layer[layer]
        assert set(claims) <= set(version.observations), f"{expected} lacks {set(claims) - set(version.observations)}"
        measures = dict(version.measures)
        for row in wanted["measures"]:
            if row.get("required", True):
                assert measures.get(row["id"]) == row["verdict"]


def test_no_other_claim_stands_in_a_finding(alone):
    workspace, view, _, _ = alone
    golds = {one["id"]: one for one in moved(workspace, gold()["claims"])}
    inside = {key for finding in view.found.findings for key in finding.current.observations}
    for row in gold()["expected_non_findings"]:
        for key in row["claims"]:
            found = candidates(view.observations, golds[key])
            assert not found or found[0].id not in inside, f"{key}: {row['why']}"


def test_the_watch_list_holds_what_it_should(alone):
    workspace, view, _, _ = alone
    golds = {one["id"]: one for one in moved(workspace, gold()["claims"])}
    watched = {key for indicator in view.found.watch for key in indicator.observations}
    for row in gold()["expected_watch"]:
        for key in row["claims"]:
            found = candidates(view.observations, golds[key])
            assert found, f"{row['id']}: {key} was not read"
            assert found[0].id in watched, f"{row['id']} lacks {key}"
    for key in ("S04b", "S08b", "S17a", "S10", "S14"):
        found = candidates(view.observations, golds[key])
        assert not found or found[0].id not in watched, f"{key} has no business on the watch list"


def test_officials_of_one_circle_are_one_origin_and_no_corroboration(alone):
    workspace, view, _, _ = alone
    golds = {one["id"]: one for one in moved(workspace, gold()["claims"])}
    origin_of = {key: origin.id for origin in view.found.origins for key in origin.observations}
    for group in gold()["origin_groups"]:
        found = {key: candidates(view.observations, golds[key]) for key in group["claims"]}
        origins = {origin_of[rows[0].id] for rows in found.values() if rows}
        assert len(origins) == 1, f"{group['id']}: {group['claims']} are {len(origins)} origins"


def test_the_report_shows_no_number_of_shells_in_a_finding_and_uses_no_forbidden_word(alone):
    _, view, summary, _ = alone
    for finding in view.found.findings:
        for statement in finding.current.statements:
            assert "5,000,000" not in statement.text
            assert "5mn" not in statement.text
            for word in ("violation", "breach", "guilty", "illegal"):
                assert word not in statement.text.casefold()
    assert "would fall under" in summary.report.read_text()


def test_every_citation_re_reads(alone):
    workspace, _, _, _ = alone
    found = workspace.verify()
    assert found.faults == []
    assert found.citations > 20
