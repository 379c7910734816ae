"""Everything that the finding rules look at, assembled once: sketches, verdicts, origins, drift, denials, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from observance.findings.denials import Denial
from observance.findings.origins.lexicon import state_label
from observance.findings.regime import RegimeView
from observance.findings.sketch import Sketch
from observance.model import Drift, Evidence, Judgement, Origin

__all__ = ["EXAMINED", "RECORDS", "Case"]

# Evidence that was examined itself, not told of (the ladder of S/2006/997, para. 22); records are those of officials.
EXAMINED = frozenset(
    {"official_document", "physical_inspection", "registry_record", "imagery", "ais_track", "trade_statistics"}
)
RECORDS = frozenset({"official_document", "physical_inspection", "registry_record"})
_BY_KIND = {"behaviour": "ais_track", "flow": "trade_statistics", "record": "registry_record"}
# Measures that say what others owe, or who watches: nobody's conduct falls under them.
_NO_CONDUCT = frozenset({"institution", "reporting", "response", "exemption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The material of one run.

    Attributes:
        regime: terms and measures.
        sketches: observations by id, directions inferred where siblings tell them.
        judgements: verdicts by observation id, sorted by measure.
        evidence: records by hash.
        origins: by id.
        origin_of: origin id by observation id.
        drifts: all drift records.
        denials: all denials.
        names: words for States, as the evidence writes them.
        as_of: publication day of the view, EDTF.
        drift_of, denied_by: the records that touch an observation.
    """

    regime: RegimeView
    sketches: Mapping[str, Sketch]
    judgements: Mapping[str, tuple[Judgement, ...]]
    evidence: Mapping[str, Evidence]
    origins: Mapping[str, Origin]
    origin_of: Mapping[str, str]
    drifts: Sequence[Drift]
    denials: Sequence[Denial]
    names: Mapping[str, str]
    as_of: str | None
    drift_of: Mapping[str, tuple[Drift, ...]] = field(init=False)
    denied_by: Mapping[str, tuple[Denial, ...]] = field(init=False)

    def __post_init__(self) -> None:
        # Looked up once for each observation of an event: lists would be walked over and over.
        drift: dict[str, list[Drift]] = {}
        for one in self.drifts:
            for key in {*one.at_origin, *one.told_as}:
                drift.setdefault(key, []).append(one)
        denied: dict[str, list[Denial]] = {}
        for denial in self.denials:
            for key in denial.against:
                denied.setdefault(key, []).append(denial)
        object.__setattr__(self, "drift_of", {key: tuple(rows) for key, rows in drift.items()})
        object.__setattr__(self, "denied_by", {key: tuple(rows) for key, rows in denied.items()})

    def conduct(self, observation: str) -> tuple[Judgement, ...]:
        """Verdicts on conduct, without those on duties of others and on bodies."""
        return tuple(
            j
            for j in self.judgements.get(observation, ())
            if j.role == "conduct" and self.regime.kind(str(j.measure)) not in _NO_CONDUCT
        )

    def verdicts(self, observation: str) -> frozenset[str]:
        """The verdicts on conduct of one observation."""
        return frozenset(j.verdict for j in self.conduct(observation))

    def engaged(self, observation: str) -> bool:
        """Whether a measure that stands by itself is engaged."""
        found = (self.regime.measures.get(str(j.measure)) for j in self.conduct(observation) if j.verdict == "engaged")
        return any(measure is None or not measure.beside for measure in found)

    def evidence_type(self, sketch: Sketch) -> str | None:
        """Kind of evidence on the ladder: what a person said of it, else what the detector implies."""
        record = self.evidence.get(sketch.evidence)
        if record and record.meta.evidence_type:
            return record.meta.evidence_type
        return _BY_KIND.get(sketch.observation.kind)

    def name(self, side: str) -> str:
        """A side in words: the target by its label, another State as the evidence names it, anybody else as folded."""
        if side == self.regime.target:
            return self.regime.target_label
        return self.names.get(side) or state_label(side) or side

    def by_origin(self, rows: Iterable[Sketch]) -> dict[str, list[Sketch]]:
        """Observations by the id of their origin, origins in sorted order."""
        found: dict[str, list[Sketch]] = {}
        for row in rows:
            found.setdefault(self.origin_of[row.id], []).append(row)
        return dict(sorted(found.items()))

    def capacity_only(self, sketch: Sketch) -> bool:
        """Whether all figures of a claim are what something could hold or a limit: no amount moved in it.

        A belief that names a ceiling alone ("could have received up to") is an estimate of what was possible, too.
        """
        figures = [q for q in sketch.observation.quantities if q.role != "attribute" and not q.rival]
        ceiling = sketch.observation.modality == "believed"
        return bool(figures) and all(
            q.role in {"capacity", "limit"} or (ceiling and q.approximator in {"up_to", "less_than"}) for q in figures
        )

    def drifted(self, observation: str) -> bool:
        """Whether a telling turns a capacity of its own origin into an amount, or an offer into a deed."""
        return any(
            observation in drift.told_as for drift in self.drift_of.get(observation, ()) if drift.kind != "figure"
        )

    def drifts_on(self, observations: Iterable[str]) -> tuple[Drift, ...]:
        """Drift records that touch any of the observations, sorted by id."""
        found = {drift.id: drift for key in observations for drift in self.drift_of.get(key, ())}
        return tuple(found[key] for key in sorted(found))

    def denials_on(self, observations: Iterable[str]) -> tuple[Denial, ...]:
        """Denials that reach any of the observations, sorted by id."""
        found = {denial.id: denial for key in observations for denial in self.denied_by.get(key, ())}
        return tuple(found[key] for key in sorted(found))
