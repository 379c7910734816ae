"""What a short news text says of its sources: who speaks (office and State, name), which outlet stands between, figures.

Shallow on purpose: it works on words and capitals, in several languages, without a parser, so that ten thousand texts take
seconds. A text is cut into *tellings*, one for each source that it names; a sentence without a source of its own belongs to
the telling before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from datetime import date

from observance.findings.origins.figures import Figure, figures
from observance.findings.origins.lexicon import Lexicon, plain
from observance.findings.origins.lexicon import lexicon as shipped_lexicon
from observance.findings.origins.likeness import shingles

__all__ = ["Item", "Telling", "name_key", "outlet_key", "tellings"]


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

    @property
    def key(self) -> str:
        """Text and place."""
        return f"{self.item}#{self.number}"

    @property
    def sourced(self) -> bool:
        """Whether it names a source of its own."""
        return bool(self.roles or self.names)


_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»]?\s+(?=[\"“«„]?[A-ZА-ЯÀ-Ý0-9])|(?<=[。！？])")
_UPPER = r"[A-ZÀ-ÖØ-ÝА-ЯЁІЇЄ]"
_PART = rf"(?:{_UPPER}[\w’'.&-]*|&|of the|of|[0-9]+)"
_NAME = re.compile(rf"{_UPPER}[\w’'&.-]*(?:[ \u00a0](?:{_UPPER}[\w’'&.-]*|&|[0-9]{{1,4}}(?![\d.,]))){{0,6}}")
_TOLD = re.compile(
    r"(?:told|interview with|informed|seen by|reviewed by|consulted by|consulte par|obtained by|viewed by|shared with|"
    r"described by|reported by|published by|cited by|quoted by|spoke to|speaking to|confirmed to|verified for|linguists for|"
    r"dem sender|der zeitung|der agentur|l'agence|le journal|la agencia|al diario|изданию|агентству|газете|gegenuber|dem)"
    r"(?: the| newspaper| agency| broadcaster| news agency| daily| weekly)*$"
)
_BY = re.compile(
    r"(?:according to|by|firm|company|group|organisation|organization|ngo|lab|laboratory|institute|study by|report by|"
    r"societe|l'organisation|ong|firma|organisation|der organisation|unternehmen|empresa|organizacion|компани\w*|организаци\w*|"
    r"think-tank|think tank|researchers at|analysts at|experts at)(?: the| a)*$"
)
_OF = re.compile(r"(?:\bof|\bof the|\bder|\bdes|\bde la|\bdu|\bin|\bnear|\boff|\bfrom|\bto|\binto|\baround|\bbei|\ba|\bfor|\bon)$")
_TITLE = re.compile(
    r"(?:minister|ministre|ministro|president|prasident|colonel|general|admiral|captain|spokesman|spokeswoman|spokesperson|head|"
    r"director|member|lawmaker|deputy|senator|ambassador|envoy|secretary|chief|professor|dr|mr|mrs|ms|manager|analyst|"
    r"verteidigungsminister|aussenminister|министр \w+|президент)$"
)
_ORG = frozenset(
    "lab laboratory watch group institute center centre agency press news wire post times daily tribune council committee "
    "foundation association union network service bureau company corp inc ltd shipping marine maritime analytics data research "
    "university college monitor project initiative desk review gazette journal herald ledger standard bulletin observer mail "
    "courier digest hub radio tv television media partners consulting & security intelligence".split(" ")
)
_STEM = 6
# Characters within which a State belongs to an office, or a verb of saying to a State.
_REACH = 48
# An office this near to the start of a sentence is its subject and speaks without a verb of saying.
_LEAD = 12


def outlet_key(outlet: str) -> str:
    """The name of a publisher without what says in which form it published: `Coinlight statement, as published`."""
    short = re.sub(r"\s*[,(].*$", "", outlet)
    short = re.sub(r"\s+(?:statement|report|release|bulletin|circular|notice|press release|annual report)$", "", short)
    return name_key(short) or name_key(outlet)


def name_key(name: str) -> str:
    """A name folded for comparing: no possessive, no leading article."""
    folded = plain(name).replace("&", " & ")
    folded = re.sub(r"'s?$", "", folded.strip(" .,;:-'"))
    folded = re.sub(r"[^\w&]+", " ", folded)
    return re.sub(r"^(?:the|der|die|das|le|la|les|el|los) ", "", " ".join(folded.split()))


def _names(sentence: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """Capitalised names with their places; a State, a month, a weekday or a lone first word is none."""
    found = []
    for match in _NAME.finditer(sentence):
        start, end = match.span()
        words = _bare(name_key(match.group()).split(), lexicon)
        if not words or all(w in lexicon.calendar or w in lexicon.stop or w.isdigit() for w in words):
            continue
        key = " ".join(words)
        if any(p.fullmatch(word) for p in (lexicon.states, lexicon.roles) for word in (key, f"the {key}")):
            continue
        # A lone capital at the start of a sentence proves nothing.
        if start == 0 and len(words) == 1 and len(words[0]) < 4 and not re.search(r"[A-Z]{2}", match.group()):
            continue
        found.append((key, start, end))
    return found


_JOINED = re.compile(r"[\w' -]{0,24}?(?: of| in| des| der| von| de la| de| du|,| del) (?:the )?")
_CUT = re.compile(r"[.;:]|\b(?:and|from|to|that)\b")


@lru_cache(maxsize=8192)
def _states_in(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Places of States in a folded text: start, end, code."""
    return tuple((m.start(), m.end(), m.lastgroup or "") for m in shipped_lexicon().states.finditer(folded))


def _state_near(folded: str, start: int, end: int) -> str | None:
    """The State of an office: just before it (`South Korea's`), or after `of` or `in` (`in Seoul`)."""
    ranked: list[tuple[int, str]] = []
    for first, last, state in _states_in(folded):
        if last <= start and start - first <= _REACH:
            gap = folded[last:start]
            if len(gap.split()) <= 3 and not _CUT.search(gap):
                ranked.append((start - last, state))
        elif first >= end and first - end <= _REACH:
            gap = folded[end:first]
            # A genitive needs no preposition in some languages: office and State stand side by side.
            if gap == " " and not folded[first:last].isascii():
                ranked.append((0, state))
            elif _JOINED.fullmatch(gap) and len(gap.split()) <= 5 and not re.search(r"\b(?:that|said|told)\b", gap):
                ranked.append((20 + len(gap), state))
    return min(ranked)[1] if ranked else None


def _roles(folded: str, lexicon: Lexicon) -> list[tuple[str, str | None, int, int]]:
    """Offices that speak in a sentence, with the State where it is told."""
    found: list[tuple[str, str | None, int, int]] = []
    for match in lexicon.roles.finditer(folded):
        role = match.lastgroup or ""
        state = next((s for p, s in lexicon.implies if p.search(match.group())), None)
        if state is None and re.search(r"\b(?:its|their|his|her|the country's) $", folded[: match.start()]):
            state = next((s for _, _, s in _states_in(folded[: match.start()])), None)
        elif state is None and role not in lexicon.stateless | lexicon.relays:
            state = _state_near(folded, match.start(), match.end())
        name = _portfolio(folded, match, lexicon) if role == "minister" else role
        found.append((name, state, match.start(), match.end()))
    return found


def _portfolio(folded: str, match: re.Match[str], lexicon: Lexicon) -> str:
    """`minister:interi` for an interior ministry; plain `minister` where no portfolio stands beside it in the text."""
    before = re.findall(r"[^\W\d_]+", folded[: match.start()][-40:])
    after = re.match(r" (?:of|for) (?:the )?([a-z]+)", folded[match.end() :])
    word = after.group(1) if after else (before[-1] if before else "")
    plain_word = word in lexicon.stop or word in {"deputy", "vice", "prime", "senior", "former", "s", "first", "then"}
    exact = match.group() in {"minister", "ministers", "ministry", "ministries"}
    if not exact or not word or plain_word or lexicon.states.search(word):
        return "minister"
    return f"minister:{word[:_STEM]}"


_PRINTED = re.compile(r"(?:printed|published|released|issued|veroffentlicht|publie|опубликован\w*) (?:in|by|en|a|в) $")
_HELPERS = re.compile(r"(?: (?:has|have|had|joined|now|also|in|and|again|yet|_|for its part|[a-z]+ly)|,)* ?")


def _governments(folded: str, lexicon: Lexicon) -> list[tuple[str, int]]:
    """States that speak by their own name or capital: `Tokyo says`, `Washington has joined Seoul in saying`."""
    found = []
    for start, end, state in _states_in(folded):
        if state == "UN":
            continue
        if _PRINTED.search(folded[:start]):
            found.append((state, start))
            continue
        rest = lexicon.states.sub("_", folded[end : end + _REACH])
        verb = lexicon.say.search(rest)
        if verb is None or folded[max(0, start - 4) : start].rstrip().endswith((" in", " to", "von", " at")):
            continue
        if _HELPERS.fullmatch(rest[: verb.start()]):
            found.append((state, start))
    return found


def governments_of(folded: str, lexicon: Lexicon) -> set[str]:
    """States that speak in a sentence by their own name."""
    return {state for state, _ in _governments(folded, lexicon)}


_ANYBODY = re.compile(
    r"(?:^|, |: )(?:a|an|the|one|two|three|four|several|some|another) (?:[a-z-]+ ){0,3}?([a-z-]{4,})"
    r"(?: (?:of|in|at|from|for|with|who|whose|that|familiar|close)\b[^.;]*?)?,? (?:also |has |have |had |later |[a-z]+ly )*(?=VERB)"
)


def _anybody(folded: str, lexicon: Lexicon) -> set[tuple[str, str | None]]:
    """A speaker known by a common noun alone: `a broker in Singapore says`, `..., two traders told`."""
    marked = lexicon.say.sub("VERB", folded)
    match = _ANYBODY.search(marked)
    return {(f"noun:{match.group(1).rstrip('s')}", None)} if match else set()


def _spelt(sentence: str) -> str:
    """Capital letters that name a State would be lost in lower case (`US`, `UN`)."""
    for short, long in (("US", "U.S."), ("UK", "Britain"), ("UN", "U.N."), ("EU", "European Union")):
        sentence = re.sub(rf"\b{short}\b(?!-)", long, sentence)
    return sentence


def _speaking(
    sentence: str, folded: str, lexicon: Lexicon, outlets: frozenset[str], own: str, language: str
) -> tuple[set[str], set[str]]:
    """Names that speak and outlets that stand between, in one sentence."""
    speakers: set[str] = set()
    cited: set[str] = set()
    for key, start, end in _names(sentence, lexicon):
        before = plain(sentence[:start])
        after = " " * sentence[end : end + 1].isspace() + plain(sentence[end : end + 48])
        if key == own or key in own or (own in key and own):
            verb = lexicon.say.match(re.sub(r"^ ?(?:has |have |also )?", "", after))
            tells = verb and verb.group() not in {"reports", "reported", "writes", "notes", "noted"}
            if (_BY.search(before) or tells) and not _TOLD.search(before):
                speakers.add(own)
            continue
        outlet = _outlet(key, outlets)
        if outlet == own:
            continue
        if _TOLD.search(before):
            cited.add(outlet or key)
            continue
        verb = lexicon.say.search(after)
        gap = after[: verb.start()] if verb else ""
        speaks = verb is not None and re.fullmatch(
            r"(?: (?:has|have|had|also|now|again|first|which|who|[a-z]+ly)|, [^.;]{0,32},|,)* ?", gap
        )
        titled = bool(_TITLE.search(before))
        told = lexicon.say.search(folded) or re.search(r"report|study|image|picture|data", folded)
        sourced = (bool(_BY.search(before)) and bool(told)) or _per(before, lexicon)
        named = bool(_BY.search(before))
        lone = " " not in key and (not before or sentence[start:end].isupper() or language == "de") and not titled
        if outlet and not named and re.match(r" (?:has )?(?:reports?|reported|writes|wrote)\b", after):
            cited.add(outlet)
        elif ((speaks and not _OF.search(before)) or titled or sourced) and not (lone and not outlet):
            speakers.add(outlet or key)
    return speakers, cited


def _per(before: str, lexicon: Lexicon) -> bool:
    """Whether `according to` and its like stand before, a few plain words between (`segun la firma de analisis`)."""
    ends = [match.end() for match in lexicon.per.finditer(before)]
    return bool(ends) and len(before[ends[-1] :].split()) <= 4 and not re.search(r"[,;:.]", before[ends[-1] :])


def _bare(words: list[str], lexicon: Lexicon) -> list[str]:
    """A name without the title, office or State before it: `defence minister han jae seok` is `han jae seok`."""
    rest = list(words)
    while rest:
        head = next(
            (
                n
                for n in range(min(4, len(rest)), 0, -1)
                if (n == 1 and (rest[0] in lexicon.stop or rest[0] in lexicon.calendar or _TITLE.fullmatch(rest[0])))
                or any(p.fullmatch(" ".join(rest[:n])) for p in (lexicon.states, lexicon.roles))
            ),
            0,
        )
        # A body may be called after a State ("Ukraine Wire"); only a person follows a title.
        if not head or (head < len(rest) and set(rest[head:]) & _ORG):
            break
        rest = rest[head:]
    return rest


def _outlet(key: str, outlets: frozenset[str]) -> str | None:
    """The outlet of the corpus that a name means: the same, or its last words (`Evening Mail`)."""
    if key in outlets:
        return key
    if len(key.split()) > 1 or len(key) > 5:
        fits = sorted(o for o in outlets if o.endswith(" " + key) or key.endswith(" " + o) or o.startswith(key + " "))
        if len(fits) == 1:
            return fits[0]
    return None


def _stems(folded: str, lexicon: Lexicon) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]{4,}", folded)
    return frozenset(word[:_STEM] for word in found if word not in lexicon.stop and word not in lexicon.calendar)


def _looks_like_person(name: str) -> bool:
    words = name.split()
    return 1 <= len(words) <= 4 and not set(words) & _ORG


def tellings(item: Item, lexicon: Lexicon, outlets: frozenset[str]) -> list[Telling]:
    """The tellings of a text, in its order; at least one."""
    own = outlet_key(item.outlet)
    rows: list[tuple[list[set[tuple[str, str | None]]], set[str], set[str], str]] = []
    for sentence in (s for s in _SENTENCE.split(item.text) if s and s.strip()):
        folded = lexicon.not_states.sub("sea", plain(_spelt(sentence)))
        spoken = bool(lexicon.say.search(folded) or lexicon.per.search(folded)) or ":" in sentence
        roles = {(role, state) for role, state, start, _ in _roles(folded, lexicon) if spoken or start < _LEAD}
        roles = {(r, s) for r, s in roles if r not in lexicon.stateless or r == "monitors" or _says(r, folded, lexicon)}
        names, cited = _speaking(sentence, folded, lexicon, outlets, own, item.language)
        if {r for r, _ in roles} - lexicon.relays:
            # Where an office speaks, an outlet that "notes" or "reports" only passes it on.
            passing = {name for name in names & outlets if not _BY.search(plain(sentence[: sentence.find(name)]))}
            names, cited = names - passing, cited | passing
        names |= _bodies(folded, rows, sentence, lexicon, outlets, own)
        if not roles and not names and not governments_of(folded, lexicon):
            roles |= _anybody(folded, lexicon)
        held = {state for _, state in roles if state}
        governments = {("government", s) for s in governments_of(folded, lexicon) if s not in held}
        if cited and not names and not roles and not governments and not rows:
            names, cited = cited, set()
        rows.append((_split({*roles, *governments}, lexicon), names, cited, sentence))
    merged = _merge(item, own, rows, outlets)
    _from_outlet(item, merged, lexicon)
    for telling in merged:
        folded = lexicon.not_states.sub("sea", plain(_spelt(telling.text)))
        telling.figures = figures(folded, lexicon.units, lexicon.months)
        telling.words = _stems(folded, lexicon)
        telling.all_names = frozenset(key for key, _, _ in _names(telling.text, lexicon))
        telling.states = frozenset(state for _, _, state in _states_in(folded))
        telling.runs = shingles(telling.text)
    return merged


def _says(role: str, folded: str, lexicon: Lexicon) -> bool:
    """Whether an office speaks, or papers come from it; people who only figure in the story do not."""
    for match in lexicon.office[role.partition(":")[0]].finditer(folded):
        after, before = folded[match.end() : match.end() + 96], folded[: match.start()]
        verb = lexicon.say.search(after)
        if verb and not re.search(r"[;:]| and | who (?!said)", after[: verb.start()]):
            return True
        if re.search(r"\b(?:by|par|von|por)(?: \w+){0,4} $", before) or _per(before, lexicon):
            return True
    return any("\u3040" <= sign <= "\ud7af" for sign in folded)


def _bodies(
    folded: str,
    rows: Sequence[tuple[list[set[tuple[str, str | None]]], set[str], set[str], str]],
    sentence: str,
    lexicon: Lexicon,
    outlets: frozenset[str],
    own: str,
) -> set[str]:
    """The body that `the company announced` means: the last one named before, a known publisher before any other."""
    for match in lexicon.body.finditer(folded):
        after = folded[match.end() : match.end() + 24]
        verb = lexicon.say.match(after.strip()) or re.match(r" ?(?:itself |\w+ly )?(?:put|puts|said|promised|admitted)\b", after)
        if not verb:
            continue
        text = " ".join([*(row[3] for row in rows), sentence[: match.start()]])
        seen = [(key, _outlet(key, outlets), text[max(0, s - 12) : s]) for key, s, _ in _names(text, lexicon)]
        first = next(iter(_names(text, lexicon)), None)
        if first and first[1] <= 4 and re.search(r"\b[A-Z]{2,}\b", text[first[1] : first[2]]):
            return {first[0]}
        known = [outlet or key for key, outlet, _ in seen if outlet]
        other = [key for key, _, before in seen if not re.search(r"\b(?:in|near|off|around)(?: the)? $", plain(before) + " ")]
        if known or other:
            return {(known or other)[-1]}
        return {own} if own and own in outlets else set()
    return set()


def _split(
    roles: Iterable[tuple[str, str | None]], lexicon: Lexicon
) -> list[set[tuple[str, str | None]]]:
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
    """Join sentences into tellings: without a source, with the same one, or with a person who holds the office before."""
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
        for group in groups or [set()]:
            add(group, names if len(groups) <= 1 else set(), cited, text)
    if pending:
        add(set(), set(), set(), pending)
    return found


def _continues(
    last: Telling, groups: Sequence[set[tuple[str, str | None]]], names: set[str], outlets: frozenset[str]
) -> bool:
    roles = {role for group in groups for role in group}
    if len(groups) > 1:
        return False
    if names & last.names or any(set(a.split()) & set(b.split()) for a in names for b in last.names if _looks_like_person(a)):
        return True
    if roles and last.roles:
        mine, theirs = {r for r, _ in roles}, {r for r, _ in last.roles}
        states, before = {s for _, s in roles if s}, {s for _, s in last.roles if s}
        return bool(mine & theirs) and (not states or not before or bool(states & before)) and not (names and last.names)
    if names and not roles and not last.names and last.roles:
        return all(_looks_like_person(name) and name not in outlets for name in names)
    held = all(_looks_like_person(name) and name not in outlets for name in last.names)
    return bool(roles) and not names and bool(last.names) and held and not last.roles and all(s is None for _, s in roles)


def _from_outlet(item: Item, found: Sequence[Telling], lexicon: Lexicon) -> None:
    """A publisher that is itself an office (`Ministry release (Japan), as published`) speaks where nobody else does."""
    folded = plain(item.outlet)
    roles = {(role, state) for role, state, _, _ in _roles(folded, lexicon)}
    if not roles and re.search(r"\brelease\b|\bstatement\b|as published|bulletin|pool report|circular", folded):
        roles = {("government", state) for _, _, state in _states_in(folded)}
    mention = re.compile(rf"(?<!\w){re.escape(outlet_key(item.outlet))}(?!\w)")
    for telling in found:
        if telling.sourced:
            continue
        if roles:
            telling.roles |= roles
        elif mention.search(name_key(telling.text)) and not re.search(r"\btold\b|\breports?\b", plain(telling.text)):
            # It tells of itself ("images collected by", "the firm"): the publisher is the source.
            telling.names.add(telling.outlet)
