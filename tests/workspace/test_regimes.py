"""A workspace may watch several regimes: each finds its own direction, and a signature of one is seen in its report."""

from datetime import UTC, datetime

from observance.workspace import Workspace

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def case(folder, regimes, text, published="2025-11-03"):
    workspace = Workspace.init(folder / "case", regimes=regimes, clock=lambda: NOW)
    path = folder / "note.txt"
    path.write_text(text, encoding="utf-8")
    path.with_name("note.meta.yaml").write_text(f"publisher: Harbour Wire\npublished: {published}\n")
    workspace.archive([path])
    workspace.observe()
    return workspace.view()


TEXT = "North Korea shipped rifles to Iran on 15 October 2025, the defence minister of South Korea said.\n"


def test_rifles_between_two_targets_fall_under_one_regime_and_not_the_other(tmp_path):
    view = case(tmp_path, ("dprk-1718", "iran-1737"), TEXT)
    verdicts = {str(judged.measure): judged.verdict for judged in view.judgements}
    assert verdicts["1874:9"] == "engaged"
    assert verdicts.get("1747:5", "none") == "none"
    assert {finding.regime for finding in view.found.findings} == {"dprk-1718"}


def test_each_regime_alone_gives_its_own_verdicts(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    both = case(tmp_path, ("dprk-1718", "iran-1737"), TEXT)
    first = case(tmp_path / "one", ("dprk-1718",), TEXT)
    second = case(tmp_path / "two", ("iran-1737",), TEXT)

    def verdicts(view):
        return {(str(judged.measure), judged.verdict) for judged in view.judgements}

    assert verdicts(both) == verdicts(first) | verdicts(second)
