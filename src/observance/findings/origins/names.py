"""Names in a sentence: persons and bodies that speak, outlets that stand between; by capitals and words beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from observance.findings.origins.lexicon import Lexicon, plain, states_in
from observance.findings.origins.lexicon import lexicon as shipped_lexicon
from observance.findings.origins.offices import per_word

__all__ = ["bodies", "given_by", "known_outlet", "looks_like_person", "name_key", "names_in", "outlet_key", "speaking"]

_UPPER = r"[A-ZÀ-ÖØ-ÝА-ЯЁІЇЄ]"

# A full stop inside a word belongs to it (`U.N.`); one before a blank ends the name.
_WORD = rf"{_UPPER}[\w’'&-]*(?:\.[\w’'&-]+)*\.?(?<![a-zà-ÿа-я0-9]\.)"
# The head of a body's name may reach over a preposition: `Institute for Naval Studies`.
_HEAD = (
    r"(?:Institute|Institut|Center|Centre|Centro|Council|Committee|University|Foundation|Association|Forum|Bureau|Office|"
    r"Society|Academy|Agency|Alliance|Network|School|Bank|Union|Federation|Commission)"
)
_NAME = re.compile(
    rf"(?:{_WORD} ){{0,3}}{_HEAD} (?:for|of|on|de|des|du|für|pour|para)(?: the| la|"
    rf" les)? {_WORD}(?: (?:and )?{_WORD}){{0,4}}"
    rf"|"
    rf"{_WORD}(?:[ \u00a0](?:{_WORD}|&|[0-9]{{1,4}}(?![\d.,]))){{0,6}}"
)

_TOLD = re.compile(
    r"(?:told|interview with|informed|seen by|reviewed by|consulted by|consulte par|obtained by|viewed by|shared with|"
    r"described by|reported by|published by|cited by|quoted by|spoke to|speaking to|confirmed to|verified for|"
    r"linguists for|"
    r"dem sender|der zeitung|der agentur|l'agence|le journal|la agencia|al diario|изданию|агентству|газете|"
    r"gegenuber|dem)"
    r"(?: the| newspaper| agency| broadcaster| news agency| daily| weekly)*$"
)

_BODY = (
    r"(?:firm|company|group|organisation|organization|ngo|lab|laboratory|institute|think-tank|think tank|exchange|"
    r"societe|"
    r"l'organisation|ong|firma|gruppe|unternehmen|institut|empresa|grupo|organizacion|компани\w*|организаци\w*|групп\w*)"
)

# A name after one of these is whose words, count or pictures the text gives.
_BY = re.compile(
    r"(?:(?:stud(?:y|ies)|reports?|survey|analysis|estimates?|images?|pictures?|photos?|footage|data|figures|count|note|letter|"
    r"collected|compiled|published|released|reviewed|verified|gathered|recorded|counted|taken|written|made public|"
    r"shared)"
    r" (?:by|from|of)(?: the| a| its)?(?: [a-z]+){0,2}"
    r"|(?:analysts|researchers|experts|investigators|engineers|monitors|activists) (?:at|of|from|with|for)(?: the)?"
    rf"|(?:schatzung|angaben|bericht|bildern?|aufnahmen|images|imagenes|снимк\w+|оценк\w+|"
    rf"данны\w+)(?: \w+){{0,2}}? ?{_BODY}?"
    rf"|(?:said|says|sagte|sagt|erklarte|sieht|schatzt|zahlt|dit|dijo|afirma|сообщил\w*|заявил\w*)(?: the| die|"
    rf" der| la| el)? ?{_BODY}?"
    r")$"
)

# Between a name and its verb: helpers, a clause in commas, two plain words; no preposition and no other noun phrase.
_HELPED = re.compile(
    r"(?: (?:has|have|had|which|who|itself|himself|herself|(?!of|in|at|from|to|by|with|the|a|an|and|or|for|on|is|"
    r"was)[a-z]+)"
    r"|, [^.;]{0,64},|,){0,3} ?"
)
_OWN_BODY = re.compile(rf"{_BODY}(?: the)?$")

_WHOSE = re.compile(
    r"['’]s? (?:figures?|counts?|estimates?|statement|claims?|reports?|numbers?|words|account|analysts|researchers)\b"
    r"| (?:pictures|images|photos|data|figures|analysis|study|footage|analysts|researchers)\b"
)

# Characters before a name that can say what it is.
_BEFORE = 120
_OF = re.compile(
    r"(?:\bof|\bat|\bat the|\bof the|\bder|\bdes|\bde la|\bdu|\bin|\bnear|\boff|\bfrom|\bto|\binto|\baround|\bbei|"
    r"\ba|\bfor|\bon)$"
)

_TITLE = re.compile(
    r"(?:minister|ministre|ministro|president|prasident|colonel|general|admiral|captain|spokesman|spokeswoman|spokesperson|head|"
    r"director|member|lawmaker|deputy|senator|ambassador|envoy|secretary|chief|governor|commissioner|judge|inspector|skipper|professor|dr|mr|mrs|ms|manager|analyst|"
    r"verteidigungsminister|aussenminister|министр \w+|президент)$"
)

_ORG = frozenset(
    {
        *("lab", "laboratory", "watch", "group", "institute", "center", "centre", "agency", "press"),
        *("news", "wire", "post", "times", "daily", "tribune", "council", "committee", "foundation"),
        *("association", "union", "network", "service", "bureau", "company", "corp", "inc", "ltd"),
        *("shipping", "marine", "maritime", "analytics", "data", "research", "university", "college"),
        *("monitor", "project", "initiative", "desk", "review", "gazette", "journal", "herald", "ledger"),
        *("standard", "bulletin", "observer", "mail", "courier", "digest", "hub", "radio", "tv"),
        *("television", "media", "partners", "consulting", "&", "security", "intelligence"),
    }
)


def outlet_key(outlet: str) -> str:
    """The name of a publisher without what says in which form it published: `Coinlight statement, as published`."""
    short = re.sub(r"\s*[,(].*$", "", outlet)
    short = re.sub(
        r"\s+(?:annual report|yearly report|press release|statement|report|release|bulletin|circular|notice|note|"
        r"letter|blog|newsletter|survey)$",
        "",
        short,
    )
    return name_key(short) or name_key(outlet)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name folded for comparing: no possessive, no leading article."""
    folded = plain(name).replace("&", " & ")
    folded = re.sub(r"'s?$", "", folded.strip(" .,;:-'"))
    folded = re.sub(r"[^\w&]+", " ", folded)
    return re.sub(r"^(?:the|der|die|das|le|la|les|el|los) ", "", " ".join(folded.split()))


@lru_cache(maxsize=65536)
def _is_term(key: str) -> bool:
    """Whether a name is that of a State or an office and of nobody in particular."""
    lexicon = shipped_lexicon()
    return any(p.fullmatch(word) for p in (lexicon.states, lexicon.roles) for word in (key, f"the {key}"))


def names_in(sentence: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """Capitalised names with their places; a State, a month, a weekday or a lone first word is none."""
    found = []
    for match in _NAME.finditer(sentence):
        start, end = match.span()
        words = _bare(name_key(match.group()))
        if not words or all(w in lexicon.calendar or w in lexicon.stop or w.isdigit() for w in words):
            continue
        key = " ".join(words)
        if _is_term(key):
            continue
        # A lone capital at the start of a sentence proves nothing.
        if start == 0 and len(words) == 1 and len(words[0]) < 4 and not re.search(r"[A-Z]{2}", match.group()):
            continue
        found.append((key, start, end))
    return found


def speaking(
    sentence: str, folded: str, lexicon: Lexicon, outlets: frozenset[str], own: str, language: str
) -> tuple[set[str], set[str]]:
    """Names that speak and outlets that stand between, in one sentence."""
    speakers: set[str] = set()
    cited: set[str] = set()
    for key, start, end in names_in(sentence, lexicon):
        before = plain(sentence[max(0, start - _BEFORE) : start])
        after = " " * sentence[end : end + 1].isspace() + plain(sentence[end : end + 96])
        if key == own or key in own or (own in key and own):
            verb = lexicon.say.match(re.sub(r"^ ?(?:has |have |also )?", "", after))
            tells = verb and verb.group() not in {"reports", "reported", "writes", "notes", "noted"}
            if (_BY.search(before) or _OWN_BODY.search(before) or tells) and not _TOLD.search(before):
                speakers.add(own)
            continue
        outlet = known_outlet(key, outlets)
        if outlet == own:
            continue
        if _TOLD.search(before):
            cited.add(outlet or key)
            continue
        verb = lexicon.say.search(after)
        gap = after[: verb.start()] if verb else ""
        speaks = verb is not None and _HELPED.fullmatch(gap)
        # A lone first word has its capital from the sentence ("Satellite images").
        whose = (" " in key or bool(before)) and any(_WHOSE.match(sentence[at : at + 26]) for at in (end - 2, end))
        titled = bool(_TITLE.search(before)) or whose
        raw = name_key(sentence[start:end])
        lead = [word for word in raw[: -len(key)].split() if word not in lexicon.stop] if raw.endswith(key) else []
        titled = titled or (bool(lead) and not lexicon.states.fullmatch(" ".join(lead)))
        told = lexicon.say.search(folded) or re.search(r"report|study|image|picture|data", folded)
        sourced = (bool(_BY.search(before)) and bool(told)) or per_word(before, lexicon)
        named = bool(_BY.search(before))
        if any(re.search(rf"\b{re.escape(key)}\b", folded[s:e]) for s, e, _ in states_in(folded)):
            continue  # a part of the name of a State
        body_known = bool(outlet) and bool(_OWN_BODY.search(before))
        lone = " " not in key and (not before or sentence[start:end].isupper() or language == "de") and not titled
        if outlet and not named and re.match(r" (?:has )?(?:reports?|reported|writes|wrote)\b", after):
            cited.add(outlet)
        elif ((speaks and not _OF.search(before)) or titled or sourced or body_known) and not (lone and not outlet):
            speakers.add(outlet or key)
    return speakers, cited


@lru_cache(maxsize=65536)
def _bare(name: str) -> tuple[str, ...]:
    """A name without the title, office or State before it: `defence minister han jae seok` is `han jae seok`."""
    lexicon = shipped_lexicon()
    rest = name.split()
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
    return tuple(rest)


def known_outlet(key: str, outlets: frozenset[str]) -> str | None:
    """The outlet of the corpus that a name means: the same, or its last words (`Evening Mail`)."""
    if key in outlets:
        return key
    if len(key.split()) > 1 or len(key) > 5:
        fits = sorted(o for o in outlets if o.endswith(" " + key) or key.endswith(" " + o) or o.startswith(key + " "))
        if len(fits) == 1:
            return fits[0]
    return None


def looks_like_person(name: str) -> bool:
    """Whether a folded name could be that of a person: few words, none that only bodies carry."""
    words = name.split()
    return 1 <= len(words) <= 4 and not set(words) & _ORG


def bodies(
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
        verb = lexicon.say.match(after.strip()) or re.match(
            r" ?(?:itself |\w+ly )?(?:put|puts|said|promised|admitted)\b", after
        )
        if not verb:
            continue
        text = " ".join([*(row[3] for row in rows), sentence[: match.start()]])
        seen = [(key, known_outlet(key, outlets), text[max(0, s - 12) : s]) for key, s, _ in names_in(text, lexicon)]
        first = next(iter(names_in(text, lexicon)), None)
        if first and first[1] <= 4 and re.search(r"\b[A-Z]{2,}\b", text[first[1] : first[2]]):
            return {first[0]}
        known = [outlet or key for key, outlet, _ in seen if outlet]
        other = [
            key for key, _, before in seen if not re.search(r"\b(?:in|near|off|around)(?: the)? $", plain(before) + " ")
        ]
        if known or other:
            return {(known or other)[-1]}
        return {own} if own and own in outlets else set()
    return set()


def given_by(sentence: str, name: str) -> bool:
    """Whether the words or pictures told are those of the named body (`a study by`, `images collected by`)."""
    at = sentence.find(name)
    return bool(_BY.search(plain(sentence[max(0, at - _BEFORE) : at])))
