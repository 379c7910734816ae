"""What a short news text says of its sources: tellings, one for each source that it names.

Shallow on purpose: it works on words and capitals, in several languages, without a parser, so that ten thousand texts
take seconds. A sentence without a source of its own belongs to the telling before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from observance.findings.origins.figures import Figure, figures
from observance.findings.origins.lexicon import Lexicon, plain, states_in
from observance.findings.origins.likeness import shingles
from observance.findings.origins.names import (
    bodies,
    given_by,
    known_outlet,
    looks_like_person,
    name_key,
    names_in,
    outlet_key,
    speaking,
)
from observance.findings.origins.offices import anybody, governments_of, roles_of, says, spelt

__all__ = ["Item", "Telling", "tellings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A short news text: the five fields that lineage looks at."""

    id: str
    outlet: str
    day: date | None
    language: str
    text: str


@dataclass(slots=True)
class Telling:
    """What one source is made to say in one text.

    Attributes:
        item: id of the text.
        number: place among the tellings of the text.
        day: day of publication.
        outlet: folded name of the publisher.
        language: as given.
        roles: (office, State or None) pairs of the speaker.
        names: folded names of persons and bodies that speak.
        cited: folded names of other outlets that stand between.
        text: its sentences, as written.
        figures: numbers.
        words: content words, cut to stems.
        all_names: folded capitalised names, speakers or not.
        states: States named.
        runs: three-word runs.
        key: text and place.
    """

    item: str
    number: int
    day: date | None
    outlet: str
    language: str
    roles: set[tuple[str, str | None]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    text: str = ""
    figures: tuple[Figure, ...] = ()
    words: frozenset[str] = frozenset()
    all_names: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()
    key: str = ""

    def __post_init__(self) -> None:
        self.key = f"{self.item}#{self.number}"

    @property
    def sourced(self) -> bool:
        """Whether it names a source of its own."""
        return bool(self.roles or self.names)


_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»]?\s+(?=[\"“«„]?[A-ZА-ЯÀ-Ý0-9])|(?<=[。！？])")

_STEM = 6

# An office this near to the start of a sentence is its subject and speaks without a verb of saying.
_LEAD = 12


def _without_outlets(sentence: str, lexicon: Lexicon, outlets: frozenset[str]) -> str:
    """A sentence whose known publishers are blanks, so that `Crossway Agency` is no agency that speaks."""
    cut = sentence
    for key, start, end in reversed(names_in(sentence, lexicon)):
        if known_outlet(key, outlets):
            cut = f"{cut[:start]}Outlet{cut[end:]}"
    return cut


# Offices of one person, whose name a later sentence may give.
_OF_ONE = frozenset(
    {"defence", "foreign", "head", "mission", "minister", "official", "management", "pilot", "parliament", "bank"}
)


def _stems(folded: str, lexicon: Lexicon) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]{4,}", folded)
    return frozenset(word[:_STEM] for word in found if word not in lexicon.stop and word not in lexicon.calendar)


def tellings(item: Item, lexicon: Lexicon, outlets: frozenset[str]) -> list[Telling]:
    """The tellings of a text, in its order; at least one."""
    own = outlet_key(item.outlet)
    rows: list[tuple[list[set[tuple[str, str | None]]], set[str], set[str], str]] = []
    for sentence in (s for s in _SENTENCE.split(item.text) if s and s.strip()):
        folded = lexicon.not_states.sub("sea", plain(spelt(_without_outlets(sentence, lexicon, outlets))))
        spoken = bool(lexicon.say.search(folded) or lexicon.per.search(folded)) or ":" in sentence
        roles = {(role, state) for role, state, start, _ in roles_of(folded, lexicon) if spoken or start < _LEAD}
        roles = {(r, s) for r, s in roles if r not in lexicon.stateless or r == "monitors" or says(r, folded, lexicon)}
        names, cited = speaking(sentence, folded, lexicon, outlets, own, item.language)
        if {r for r, _ in roles} - lexicon.relays:
            # Where an office speaks, an outlet that "notes" or "reports" only passes it on.
            passing = {name for name in names & outlets if not given_by(sentence, name)}
            names, cited = names - passing, cited | passing
        names |= bodies(plain(sentence), rows, sentence, lexicon, outlets, own)
        if not roles and not names and not governments_of(folded, lexicon):
            roles |= anybody(folded, lexicon)
        held = {state for _, state in roles if state}
        governments = {
            role for role in governments_of(folded, lexicon) if role[1] is None or role[1] not in held
        } - roles
        if cited and not names and not roles and not governments and not rows:
            names, cited = cited, set()
        rows.append((_split({*roles, *governments}, lexicon), names, cited, sentence))
    merged = _merge(item, own, rows, outlets)
    _from_outlet(item, merged, lexicon)
    for telling in merged:
        folded = lexicon.not_states.sub("sea", plain(spelt(telling.text)))
        telling.figures = figures(folded, lexicon.units, lexicon.months)
        telling.words = _stems(folded, lexicon)
        telling.all_names = frozenset(key for key, _, _ in names_in(telling.text, lexicon))
        telling.states = frozenset(state for _, _, state in states_in(folded))
        telling.runs = shingles(telling.text)
    return merged


def _split(roles: Iterable[tuple[str, str | None]], lexicon: Lexicon) -> list[set[tuple[str, str | None]]]:
    """Speakers of one sentence: those of different States are different sources; a relay goes with any."""
    firm = [r for r in roles if r[0] not in lexicon.relays]
    relay = {r for r in roles if r[0] in lexicon.relays}
    by_state: dict[str | None, set[tuple[str, str | None]]] = {}
    for role in firm:
        by_state.setdefault(role[1], set()).add(role)
    loose = by_state.pop(None, set())
    if not by_state:
        return [loose | relay] if loose or relay else []
    groups = [by_state[state] for state in sorted(by_state, key=str)]
    groups[0] |= loose | relay
    return groups


def _merge(
    item: Item,
    own: str,
    rows: Sequence[tuple[list[set[tuple[str, str | None]]], set[str], set[str], str]],
    outlets: frozenset[str],
) -> list[Telling]:
    """Join sentences into tellings: without a source, with the same one, or with the holder of the office before."""
    found: list[Telling] = []
    pending = ""

    def add(roles: set[tuple[str, str | None]], names: set[str], cited: set[str], text: str) -> None:
        telling = Telling(item=item.id, number=len(found), day=item.day, outlet=own, language=item.language)
        telling.roles, telling.names, telling.cited, telling.text = set(roles), set(names), set(cited), text
        found.append(telling)

    for groups, names, cited, sentence in rows:
        last = found[-1] if found else None
        if not groups and not names:
            if last is None:
                pending = f"{pending} {sentence}".strip()
                found_cited = cited
                if cited:
                    add(set(), set(), found_cited, pending)
                    pending = ""
            else:
                last.text = f"{last.text} {sentence}"
                last.cited |= cited
            continue
        text = f"{pending} {sentence}".strip()
        pending = ""
        if last is not None and _continues(last, groups, names, outlets):
            last.text = f"{last.text} {text}"
            last.names |= names
            last.cited |= cited
            for group in groups:
                last.roles |= group
            continue
        if last is not None and not last.sourced and last.number == 0 and len(groups) <= 1:
            # A lead without a source belongs to the source that the next sentence names.
            last.text, last.names, last.cited = f"{last.text} {text}", last.names | names, last.cited | cited
            last.roles |= groups[0] if groups else set()
            continue
        for group, own_names in _apart(groups, names):
            add(group, own_names, cited, text)
    if pending:
        add(set(), set(), set(), pending)
    return found


def _apart(
    groups: Sequence[set[tuple[str, str | None]]], names: set[str]
) -> list[tuple[set[tuple[str, str | None]], set[str]]]:
    """The sources of one sentence: offices with the persons named, and each body by itself."""
    persons = {name for name in names if looks_like_person(name)}
    bodies = sorted(names - persons)
    if len(groups) > 1:
        return [(group, set()) for group in groups]
    if not groups:
        return [*([(set(), persons)] if persons else []), *((set(), {name}) for name in bodies)] or [(set(), set())]
    return [(groups[0], names)] if persons or len(bodies) < 2 else [(groups[0], set()), *((set(), {b}) for b in bodies)]


def _continues(
    last: Telling, groups: Sequence[set[tuple[str, str | None]]], names: set[str], outlets: frozenset[str]
) -> bool:
    roles = {role for group in groups for role in group}
    if len(groups) > 1:
        return False
    if names & last.names or any(
        set(a.split()) & set(b.split()) for a in names for b in last.names if looks_like_person(a)
    ):
        return True
    if roles and last.roles:
        mine, theirs = {r for r, _ in roles}, {r for r, _ in last.roles}
        states, before = {s for _, s in roles if s}, {s for _, s in last.roles if s}
        return (
            bool(mine & theirs) and (not states or not before or bool(states & before)) and not (names and last.names)
        )
    if names and not roles and not last.names and last.roles:
        one = any(role.partition(":")[0] in _OF_ONE or role.startswith("noun:") for role, _ in last.roles)
        return one and all(looks_like_person(name) and name not in outlets for name in names)
    held = all(looks_like_person(name) and name not in outlets for name in last.names)
    return (
        bool(roles) and not names and bool(last.names) and held and not last.roles and all(s is None for _, s in roles)
    )


def _from_outlet(item: Item, found: Sequence[Telling], lexicon: Lexicon) -> None:
    """A publisher that is itself an office (`Ministry release (Japan), as published`) speaks where nobody else does."""
    folded = plain(item.outlet)
    roles = {(role, state) for role, state, _, _ in roles_of(folded, lexicon)}
    if not roles and re.search(r"\brelease\b|\bstatement\b|as published|bulletin|pool report|circular", folded):
        roles = {("government", state) for _, _, state in states_in(folded)}
    mention = re.compile(rf"(?<!\w){re.escape(outlet_key(item.outlet))}(?!\w)")
    for telling in found:
        if telling.sourced:
            continue
        if roles:
            telling.roles |= roles
        elif mention.search(name_key(telling.text)) and not re.search(r"\btold\b|\breports?\b", plain(telling.text)):
            # It tells of itself ("images collected by", "the firm"): the publisher is the source.
            telling.names.add(telling.outlet)
