"""Every family of scripted cases: what must be found is found once, and nothing else is told."""

import numpy as np
import pytest

from tests.observations.vessels import cases_meet, cases_more, cases_say
from tests.observations.vessels.world import judge

adapter = pytest.importorskip("benchmarks.vessels.adapter")

FAMILIES = [
    *cases_meet.MEETINGS, *cases_meet.WAITING, *cases_meet.SILENCES, *cases_meet.CALLS,
    *cases_say.IDENTITY, *cases_say.JUMPS, *cases_say.FALSE_POSITIONS, *cases_say.DRAUGHT, *cases_more.MORE,
]  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("seed", [1, 2])
def test_what_must_be_found_is_found_and_nothing_else_is_told(family, seed):
    case = family(np.random.default_rng([seed, 101]))
    events = adapter.run_case(case.positions, case.static, case.parameters())
    missed, false, twice, _ = judge(case, events)
    assert not missed, f"{case.name}: missed {missed} among {events}"
    assert not false, f"{case.name}: told {false}"
    # a want without a field stands for several changes at once
    assert not [
        w
        for w in twice
        if w.type not in {"coverage_gap", "identity_conflict"} and (w.attrs or w.type != "identity_change")
    ], f"{case.name}: twice {twice}"
