"""Offices and States that speak in a sentence: `South Korea's defence minister said`, `Tokyo says`, `a broker says`."""

from __future__ import annotations

import re

from observance.findings.origins.lexicon import Lexicon, named, plain, states_in

__all__ = ["anybody", "governments_of", "per_word", "roles_of", "says", "spelt", "states_in", "states_named"]

# A portfolio is compared by its first letters.
_STEM = 6

# Characters within which a State belongs to an office, or a verb of saying to a State.
_REACH = 48

_JOINED = re.compile(r"[\w' -]{0,24}?(?: of| in| des| der| von| de la| de| du|,| del) (?:the )?")

_CUT = re.compile(r"[.,;:]|\b(?:and|from|to|that)\b")


def states_named(name: str) -> tuple[str, ...]:
    """Codes of the States in a name, sorted."""
    return tuple(sorted({state for _, _, state in states_in(plain(spelt(name)))}))


def _state_near(folded: str, start: int, end: int) -> str | None:
    """The State of an office: just before it (`South Korea's`), or after `of` or `in` (`in Seoul`)."""
    ranked: list[tuple[int, str]] = []
    for first, last, state in states_in(folded):
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


def roles_of(folded: str, lexicon: Lexicon) -> list[tuple[str, str | None, int, int]]:
    """Offices that speak in a sentence, with the State where it is told."""
    found: list[tuple[str, str | None, int, int]] = []
    for match in lexicon.roles.finditer(folded):
        role = named(match)
        state = next((s for p, s in lexicon.implies if p.search(match.group())), None)
        if state is None and re.search(
            r"\b(?:its|their|his|her|the country's) $", folded[max(0, match.start() - _REACH) : match.start()]
        ):
            state = next((s for first, _, s in states_in(folded) if first < match.start()), None)
        elif state is None and role not in lexicon.stateless | lexicon.relays:
            state = _state_near(folded, match.start(), match.end())
        if role == "government":
            # A spokesman speaks for a State where one is told, else for somebody.
            role = "government" if state else "noun:spokes"
        name = _portfolio(folded, match, lexicon) if role == "minister" else role
        found.append((name, state, match.start(), match.end()))
    return found


def _portfolio(folded: str, match: re.Match[str], lexicon: Lexicon) -> str:
    """`minister:interi` for an interior ministry; plain `minister` where no portfolio stands beside it in the text."""
    before = re.findall(r"([^\W\d_]+) $", folded[max(0, match.start() - 40) : match.start()])
    after = re.match(r" (?:of|for) (?:the )?([a-z]+)", folded[match.end() :])
    word = after.group(1) if after else (before[-1] if before else "")
    plain_word = word in lexicon.stop or word in {"deputy", "vice", "prime", "senior", "former", "s", "first", "then"}
    exact = match.group() in {"minister", "ministers", "ministry", "ministries"}
    if not exact or not word or plain_word or lexicon.states.search(word):
        return "minister"
    return f"minister:{word[:_STEM]}"


_PRINTED = re.compile(
    r"(?:(?:printed|published|released|issued|veroffentlicht|publie|опубликован\w*) (?:in|by|en|a|в)"
    r"|(?:letters?|reports?|statements?|notes?|submissions?|papers?|memos?|complaints?|notices?)"
    r" (?:from|by)(?: the)?) $"
)

_HELPERS = re.compile(
    r"(?:,? for its part,?| (?:has|have|had|joined|now|also|in|and|again|yet|_|spokes\w+|officials?|government|"
    r"authorities|diplomats?|(?!of|in|at|from|to|by|with|the|a|an|or|for|on|is|was|that)[a-z]+)){0,4} ?"
)


def _governments(folded: str, lexicon: Lexicon) -> list[tuple[str, int]]:
    """States that speak by their own name or capital: `Tokyo says`, `Washington has joined Seoul in saying`."""
    found = []
    for start, end, state in states_in(folded):
        if _PRINTED.search(folded[max(0, start - _REACH) : start]):
            found.append((state, start))
            continue
        rest = lexicon.states.sub("_", folded[end : end + _REACH])
        verb = lexicon.say.search(rest)
        if verb is None or folded[max(0, start - 4) : start].rstrip().endswith((" in", " to", "von", " at")):
            continue
        if _HELPERS.fullmatch(rest[: verb.start()]):
            found.append((state, start))
    return found


def governments_of(folded: str, lexicon: Lexicon) -> set[tuple[str, str | None]]:
    """States that speak in a sentence by their own name; the United Nations are no State, their experts speak."""
    return {("monitors", None) if s == "UN" else ("government", s) for s, _ in _governments(folded, lexicon)}


# Nouns that are people or bodies: by their ending, or known; things that end alike are left out.
_PERSONAL = re.compile(
    r"(?:er|or|ist|man|woman|men|women|ian|ant|ee|eur|chief|guide|guard|aide|crew|source|expert|diplomat|official|agent|"
    r"pilot|clerk|witnes|judge|spokesperson|resident|student|family|union|charity|court|club|association|scientist|boss|staff|member|people|investor|employee)$"
)
_THINGS = frozenset(
    {
        *("tanker", "container", "number", "paper", "letter", "order", "matter", "river", "border", "quarter", "power"),
        *("computer", "freighter", "carrier", "trailer", "cutter", "center", "harbor", "motor", "reactor", "tractor"),
        *(
            "sector",
            "factor",
            "error",
            "register",
            "ledger",
            "counter",
            "theater",
            "winter",
            "summer",
            "water",
            "tender",
        ),
        *("document", "payment", "shipment", "plant", "grant", "restaurant", "committee", "fee", "timber", "fiber"),
    }
)
_ANYBODY = re.compile(
    r"(?:^|, |: )(?:a|an|the|one|two|three|four|several|some|another) (?:[a-z-]+ ){0,3}?([a-z-]{4,})"
    r"(?: (?:of|in|at|from|for|with|who|whose|that|familiar|close)\b[^.;]*?)?,? (?:also |has |have |had |later |"
    r"[a-z]+ly )*(?=VERB)"
)


def anybody(folded: str, lexicon: Lexicon) -> set[tuple[str, str | None]]:
    """A speaker known by a common noun alone: `a broker in Singapore says`, `..., two traders told`."""
    marked = lexicon.say.sub("VERB", folded)
    for match in _ANYBODY.finditer(marked):
        noun = match.group(1).rstrip("s")
        if _PERSONAL.search(noun) and noun not in _THINGS:
            return {(f"noun:{noun}", None)}
    return set()


def spelt(sentence: str) -> str:
    """Capital letters that name a State would be lost in lower case (`US`, `UN`)."""
    for short, long in (("US", "U.S."), ("UK", "Britain"), ("UN", "U.N."), ("EU", "European Union")):
        sentence = re.sub(rf"\b{short}\b(?!-)", long, sentence)
    return sentence


def says(role: str, folded: str, lexicon: Lexicon) -> bool:
    """Whether an office speaks, or papers come from it; people who only figure in the story do not."""
    for match in lexicon.office[role.partition(":")[0]].finditer(folded):
        after, before = folded[match.end() : match.end() + 96], folded[max(0, match.start() - 120) : match.start()]
        verb = lexicon.say.search(after)
        if verb and not re.search(r"[;:]| and | who (?!said)", after[: verb.start()]):
            return True
        if re.search(r"\b(?:by|par|von|por)(?: \w+){0,4} $", before) or per_word(before, lexicon):
            return True
    return any("\u3040" <= sign <= "\ud7af" for sign in folded)


def per_word(before: str, lexicon: Lexicon) -> bool:
    """Whether `according to` and its like stand before, a few plain words between (`segun la firma de analisis`)."""
    ends = [match.end() for match in lexicon.per.finditer(before)]
    return bool(ends) and len(before[ends[-1] :].split()) <= 5 and not re.search(r"[,;:.]", before[ends[-1] :])
