"""Which tellings of different texts share an origin, pair by pair, within a window (near-linear through an index).

A tie needs a shared source and a shared matter. Shared source: a speaker by name, an office of one State, an outlet
that
both cite or that one cites and the other is; or, where one of the two names no source, a shared distinctive figure or
wording. A shared figure joins nobody who names different sources: one who counted for himself is an origin of his own.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from observance.findings.origins.lexicon import Lexicon, skeleton
from observance.findings.origins.texts import Telling
from observance.model import Ground

__all__ = ["TieParameters", "candidates", "tie"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieParameters:
    """Windows in days and floors of likeness.

    Attributes:
        window: days within which a source without a name, or a shared figure, can tie.
        again: days within which a named speaker or an office may repeat itself on the matter.
        distinctive: smallest figure by which an office is known to repeat itself.
        crowd: longest posting list of the index that proposes pairs.
        matter: likeness of matter (0..1) that a shared name or outlet needs.
        office: likeness that a shared office needs.
        foreign: the same between two languages, where words do not carry over.
        wording: share of three-word runs from which two texts are one.
    """

    window: int = 3
    again: int = 31
    distinctive: float = 100
    crowd: int = 400
    matter: float = 0.05
    office: float = 0.10
    foreign: float = 0.03
    wording: float = 0.4


def _big(telling: Telling) -> frozenset[float]:
    """Figures that say something: not small counts, which any text may hold."""
    return frozenset(f.value for f in telling.figures if f.value >= 10)


class Matter:
    """Likeness of what two tellings are about: stems, figures and names, weighed by rarity in the corpus."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._count: Counter[str] = Counter()
        self._features = {t.key: self._of(t) for t in tellings}
        for features in self._features.values():
            self._count.update(features)
        self._total = max(len(tellings), 1)
        self._weights = {feature: self._weigh(feature) for feature in self._count}
        self._norm = {key: math.sqrt(sum(self._weights[f] for f in found)) for key, found in self._features.items()}

    @staticmethod
    def _of(telling: Telling) -> frozenset[str]:
        found = {f"w:{word}" for word in telling.words} | {f"n:{value:g}" for value in _big(telling)}
        found |= {f"s:{state}" for state in telling.states}
        for name in telling.all_names - {telling.outlet}:
            key = skeleton(name)
            if len(key) > 2:
                found.add(f"k:{key}")
        return frozenset(found)

    def _weigh(self, feature: str) -> float:
        boost = {"n": 2.0, "k": 1.6, "s": 0.7}.get(feature[0], 1.0)
        return (boost * math.log(1 + self._total / (1 + self._count[feature]))) ** 2

    def likeness(self, one: Telling, two: Telling) -> float:
        """Cosine of the weighed features."""
        shared = self._features[one.key] & self._features[two.key]
        if not shared:
            return 0.0
        norm = self._norm[one.key] * self._norm[two.key]
        return sum(self._weights[f] for f in shared) / norm if norm else 0.0

    def names(self, one: Telling, two: Telling) -> frozenset[str]:
        """Names that both hold, whatever their script."""
        return frozenset(f for f in self._features[one.key] & self._features[two.key] if f.startswith("k:"))

    def keys(self, telling: Telling, crowd: int) -> Iterator[str]:
        """Features rare enough to propose a pair."""
        for feature in self._features[telling.key]:
            if self._count[feature] <= crowd and not feature.startswith("s:"):
                yield feature


def candidates(
    tellings: Sequence[Telling], matter: Matter, parameters: TieParameters
) -> Iterator[tuple[Telling, Telling]]:
    """Pairs of tellings of different texts that share an entry of the index and lie within the longer window."""
    index: dict[str, list[Telling]] = defaultdict(list)
    for one in tellings:
        for name in (*one.names, *one.cited, one.outlet):
            index[f"o:{name}"].append(one)
            # A family name alone still proposes.
            for part in name.split():
                if len(part) > 2:
                    index[f"p:{part}"].append(one)
        for role, state in one.roles:
            index[f"r:{role}:{state or ''}"].append(one)
            if state:
                index[f"r:{role}:*"].append(one)
        for key in matter.keys(one, 40):
            index[key].append(one)
    seen: set[tuple[str, str]] = set()
    for entry, rows in index.items():
        # Words and figures tie within the short window only; a speaker or an office may repeat itself later.
        reach = parameters.again if entry[0] in "opr" else 2 * parameters.window + 1
        ordered = sorted({t.key: t for t in rows}.values(), key=lambda t: (t.day.toordinal() if t.day else 0, t.key))
        for i, one in enumerate(ordered):
            for two in ordered[i + 1 : i + 1 + parameters.crowd]:
                if one.day and two.day and (two.day - one.day).days > reach:
                    break
                pair = (one.key, two.key) if one.key < two.key else (two.key, one.key)
                if one.item != two.item and pair not in seen:
                    seen.add(pair)
                    yield (one, two) if one.key < two.key else (two, one)


def _offices(one: Telling, two: Telling, lexicon: Lexicon, *, strict: bool = False) -> tuple[bool, bool]:
    """Whether they share an office (State for State as far as told), and whether their offices or names conflict."""
    mine = {r for r in one.roles if r[0] not in lexicon.relays}
    theirs = {r for r in two.roles if r[0] not in lexicon.relays}
    shared = any(
        (a[0] == b[0] if strict else _alike(a[0], b[0])) and (a[1] == b[1] or a[1] is None or b[1] is None)
        for a in mine
        for b in theirs
    ) or any("government" in {a[0], b[0]} and a[1] == b[1] and a[1] is not None for a in mine for b in theirs)
    conflict = bool(mine) and bool(theirs) and not shared
    if one.names and two.names and not _same_name(one.names, two.names) and not shared:
        conflict = True
    if not conflict and ((mine and not theirs and two.names) or (theirs and not mine and one.names)):
        conflict = not _same_name(one.names, two.names)
    return shared, conflict


def _alike(one: str, two: str) -> bool:
    """One office; a minister without a portfolio may be any minister."""
    kinds = {one.partition(":")[0], two.partition(":")[0]}
    return one == two or ("minister" in {one, two} and kinds <= {"minister", "defence", "foreign", "treasury"})


def _same_name(one: Iterable[str], two: Iterable[str]) -> bool:
    """One name in both: equal, or a family name that stands alone in one and inside the other."""
    for a in one:
        for b in two:
            x, y = a.split(), b.split()
            if a == b or (len(x) == 1 and len(a) > 2 and a in y) or (len(y) == 1 and len(b) > 2 and b in x):
                return True
    return False


def tie(one: Telling, two: Telling, matter: Matter, lexicon: Lexicon, parameters: TieParameters) -> Ground | None:
    """The ground on which two tellings share an origin, or None."""
    apart = abs((one.day - two.day).days) if one.day and two.day else None
    near = apart is not None and apart <= parameters.window
    again = apart is None or apart <= parameters.again
    shared, conflict = _offices(one, two, lexicon)
    outlets = (
        (one.cited & two.cited) | ({one.outlet} & (two.cited | two.names)) | ({two.outlet} & (one.cited | one.names))
    )
    outlets -= {""}
    speaker = again and _same_name(one.names, two.names)
    # What follows needs a shared source, or a text that names none; the likeness is dear and looked at last.
    if not (
        shared
        or speaker
        or outlets
        or (near and not conflict and (not one.sourced or not two.sourced or one.runs & two.runs))
    ):
        return None
    like = matter.likeness(one, two)
    numbers = _big(one) & _big(two)
    names = matter.names(one, two)
    weak = shared and not _offices(one, two, lexicon, strict=True)[0]
    members = (one.key, two.key)
    firm_matter = bool(numbers) or like >= parameters.matter or bool(names)
    if speaker and firm_matter:
        return Ground(
            kind="same_speaker", text=f"both rest on {min(one.names & two.names or one.names)}", members=members
        )
    week = apart is None or apart <= 2 * parameters.window + 1
    if week and outlets and firm_matter and not conflict:
        return Ground(kind="cited_outlet", text=f"both go through {min(outlets)}", members=members)
    floor = parameters.office
    if one.language != two.language or len(one.states & two.states) > 2:
        # Words do not carry over between languages; three States in common are a matter by themselves.
        floor = parameters.foreign
    if shared and (
        (near and like >= floor)
        or (near and numbers)
        or (again and (max(numbers, default=0) >= parameters.distinctive or like >= 0.3))
    ):
        kind = "perhaps_same_office" if weak else "same_office"
        return Ground(kind=kind, text="both rest on the same office", members=members)
    if conflict or not near:
        return None
    union = min(len(one.runs), len(two.runs))
    if union and len(one.runs & two.runs) / union >= parameters.wording:
        return Ground(kind="same_wording", text="most of one stands in the other", members=members)
    if (not one.sourced or not two.sourced) and not (one.sourced and two.sourced):
        if numbers and like >= parameters.matter:
            return Ground(
                kind="same_figure_no_source", text=f"the figure {min(numbers):,.0f} without a source", members=members
            )
        if names and like >= 0.15:
            return Ground(kind="same_names_no_source", text="the same names without a source", members=members)
        if like >= 0.3:
            return Ground(kind="same_matter_no_source", text="the same matter without a source", members=members)
    return None
