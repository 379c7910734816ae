"""Who says it: the stretches of a paragraph that stand under somebody's words, and the chain from the speaker outwards.

A report is a verb or noun of saying with its source and its scope (the tokens under it). Scopes nest: "the officials
say the leaders believe" has both, the leaders nearest to the event. "Told Bloomberg", "in an interview with", "quoted
by" add a relay; "citing" puts a source behind the speaker. A quotation keeps its speaker through the sentences that
it spans. An impersonal passive ("are expected to") names nobody and is no report. Modality never crosses a report.

One module, though long: each function is one form in which English says who says it, and all share the same helpers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from observance.observations.claims.dates import Time
from observance.observations.claims.grammar import conjuncts, governed_by, passive, subject
from observance.observations.claims.lexicon import table
from observance.observations.claims.parties import Cast, resolve
from observance.observations.claims.record import Party, Source

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage


def nesting(found: list[Report], index: int) -> list[Report]:
    """The reports under which a token stands, innermost first."""
    held = [r for r in found if index in r.scope and r.cue != index]
    return sorted(held, key=lambda r: len(r.scope))


def said_of(passage: Passage, held: list[Report]) -> Time | None:
    """The time that hangs on the words of saying: the day of the statement, never of the event."""
    return next((time for time, _ in spoken_times(passage, held)), None)


@dataclass(slots=True)
class Report:
    """One act of saying.

    `sources` runs from the innermost speaker outwards (one claim each for "both A and B deny").
    """

    cue: int
    kind: str
    verb: str
    sources: list[list[Source]]
    scope: set[int]
    passive: bool = False
    quoted: bool = False
    addressees: list[Party] = field(default_factory=list)
    cuts: int | None = None


_QUOTES = frozenset(table("verbs.yaml")["quotes"])


_FALSE = {
    "false",
    "invention",
    "fabrication",
    "baseless",
    "lie",
    "nonsense",
    "groundless",
    "untrue",
    "absurd",
    "fake",
    "unfounded",
}


def as_source(party: Party, act: str, form: str | None = None) -> Source:
    """A party as a link of the chain."""
    return Source(
        name=party.name,
        kind=party.kind,
        act=act,
        code=party.code,
        span=party.span,
        unnamed=party.unnamed and party.kind != "state",
        form=form,
    )


def reports(passage: Passage, cast: Cast) -> list[Report]:
    """All reports of a paragraph."""
    out: list[Report] = []
    for token in passage.doc:
        made: Report | None = None
        lemma = token.lemma_.lower()
        if (
            token.pos_ == "VERB"
            and lemma in {"vow", "pledge", "promise", "swear", "threaten", "offer"}
            and lemma not in cast.lexicon.say
        ):
            made = _vow(passage, token, cast)
        elif token.pos_ in {"VERB", "AUX"} and lemma in cast.lexicon.say:
            made = _verb(passage, token, cast, cast.lexicon.say[lemma])
        elif token.pos_ == "VERB" and lemma in {"have", "be"} and token.text.lower() == "concerned":
            made = None
        elif token.lower_ == "so" and token.i and passage.doc[token.i - 1].text in {":", ","}:
            made = _so(passage, token, cast)
        elif (
            token.lower_ in {"show", "shows", "indicate", "suggest", "suggests"}
            and token.pos_ != "VERB"
            and token.i + 1 < token.sent.end
            and passage.doc[token.i + 1].text in {".", ";"}
        ):
            made = _show_tail(passage, token, cast)
        elif token.lower_ == "according":
            made = _according(passage, token, cast)
        elif token.pos_ == "NOUN" and lemma in cast.lexicon.say_nouns:
            made = _noun(passage, token, cast, cast.lexicon.say_nouns[lemma])
        elif token.pos_ in {"ADJ", "VERB"} and lemma in {
            "concerned",
            "worried",
            "afraid",
            "fearful",
            "concern",
            "worry",
            "alarmed",
            "confident",
            "convinced",
            "sceptical",
            "skeptical",
        }:
            made = _adjective(passage, token, cast)
        elif (
            token.lower_ == "by"
            and token.dep_ == "prep"
            and any(
                o.lemma_.lower() in {"count", "estimate", "account", "reckoning", "calculation", "tally"}
                for o in token.children
            )
        ):
            made = _by_count(passage, token, cast)
        if made is not None and made.scope:
            out.append(made)
    for report in out:
        for other in out:
            if report.cuts is not None and other.cue == report.cuts:
                other.scope -= report.scope | {report.cue}
    out.extend(_orphan_quotes(passage, out))
    for report in out:
        if report.quoted and report.sources and report.sources[0]:
            first = report.sources[0][0]
            for i in report.scope:
                if passage.quote_of(i) is not None:
                    passage.voices[i] = Party(name=first.name, kind=first.kind, code=first.code, span=first.span)
    return out


def _complement(token: Token) -> set[int]:
    scope: set[int] = set()
    for child in token.children:
        if (
            child.dep_ == "ccomp"
            or (child.dep_ in {"xcomp", "oprd"} and child.pos_ in {"VERB", "AUX", "ADJ"})
            or child.dep_ == "parataxis"
        ):
            scope |= {t.i for t in child.subtree}
    return scope


def _verb(passage: Passage, token: Token, cast: Cast, kind: str) -> Report | None:
    lemma = token.lemma_.lower()
    turned = passive(token)
    subjects = subject(token)
    doc = passage.doc
    scope = _complement(token)
    quoted = False
    # the words of the verb itself are never in its scope
    if lemma == "consider" and any(c.dep_ == "xcomp" and c.tag_ == "VBG" for c in token.children):
        return None
    own = {token.i} | {
        t.i for c in token.children if c.dep_ in {"nsubj", "nsubjpass", "dative", "aux", "neg"} for t in c.subtree
    }
    if lemma == "charge" and not scope:
        return None  # a charge is an act of the law, not a report
    if (not scope or not subjects) and token.tag_ in {"VBD", "VBZ", "VBP", "VBN"} and not turned:
        fenced = _fenced_clause(passage, token)
        if fenced is not None:
            head, start, end = fenced
            scope = scope or {t.i for t in token.sent if not start <= t.i < end}
            subjects = conjuncts(head)
    for first, last in passage.quotes:
        sent = doc[first].sent
        near = (
            token.sent.start <= first < token.sent.end
            or sent.start == token.sent.end
            or (doc[last].sent.start <= token.i < doc[last].sent.end)
        )
        if (
            near
            and not first <= token.i <= last
            and (kind in {"believe", "deny"} or lemma in _QUOTES)
            and subjects
            and _next_to(passage, token, first, last)
        ):
            scope |= set(range(first, last + 1))
            quoted = True
    if kind in {"deny", "fear", "believe", "show"} or lemma in {
        "condemn",
        "report",
        "allege",
        "accuse",
        "confirm",
        "criticise",
        "criticize",
        "denounce",
        "announce",
        "describe",
        "detail",
        "document",
        "disclose",
        "claim",
        "reveal",
        "cite",
        "acknowledge",
        "admit",
        "count",
        "tally",
        "estimate",
    }:
        for child in token.children:
            if child.dep_ == "dobj" and lemma not in {
                "accuse",
                "cite",
                "consider",
                "expect",
                "anticipate",
                "project",
                "judge",
            }:
                scope |= {t.i for t in child.subtree}
            if child.dep_ == "prep" and child.lower_ in {"of", "that", "about"}:
                scope |= {t.i for t in child.subtree}
    if lemma in {"accuse", "charge"} and not turned:
        scope |= {t.i for c in token.children if c.dep_ in {"prep", "dobj"} for t in c.subtree}
    if lemma in {"quote", "cite"} and not turned:
        return _quoting(passage, token, cast, subjects)
    scope -= own
    for stop in [t.i for t in token.sent if t.text == ";"]:  # what stands behind a semicolon is told apart
        scope = {i for i in scope if (i < stop) == (token.i < stop)}
    if not scope:
        return None
    if turned:
        agents = [o for c in token.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
        if not agents:
            return None
        subjects = [t for a in agents for t in conjuncts(a)]
    if not subjects:
        if kind == "say" and token.dep_ in {"acl", "advcl"}:
            return None
        return None
    sources = _sources(passage, subjects, cast, lemma)
    outer: Token | None = None
    if (
        not sources and token.dep_ == "conj"
    ):  # "believe that X has grown, and fear": a thing does not fear, its teller does
        outer = next((a for a in token.ancestors if a.lemma_.lower() in cast.lexicon.say and a.i != token.i), None)
        sources = _sources(passage, subject(outer), cast, lemma) if outer is not None else []
    if not sources:
        return None
    outlets, inner, addressed = relays(passage, token, cast)
    if inner:
        sources = [[*inner, *chain] for chain in sources]
    sources = [[*chain, *outlets] for chain in sources]
    if kind == "show" and not any(c and c[0].kind == "evidence" for c in sources):
        kind = "say"
    made = Report(cue=token.i, kind=kind, verb=lemma, sources=sources, scope=scope, quoted=quoted, addressees=addressed)
    if outer is not None:
        made.cuts = outer.i
    return made


def _vow(passage: Passage, token: Token, cast: Cast) -> Report | None:
    """As in "Vowing to 'strengthen ...'".

    Words in quotation marks make the one who vows a speaker; what is vowed is intended.
    """
    scope = {t.i for c in token.children if c.dep_ in {"xcomp", "ccomp", "dobj"} for t in c.subtree}
    if not any(first in scope or last in scope for first, last in passage.quotes):
        return None
    sources = _sources(passage, subject(token), cast, token.lemma_.lower() + "s")
    return (
        Report(cue=token.i, kind="intend", verb=token.lemma_.lower(), sources=sources, scope=scope, quoted=True)
        if sources
        else None
    )


def _fenced_clause(passage: Passage, token: Token) -> tuple[Token, int, int] | None:
    """The saying that stands apart from what is said.

    "..., the minister told the paper on Friday." or "..., he added, ...".

    Gives the head of its subject and the tokens `[start, end)` of the saying. The subject stands between a comma (or
    quotation mark) and the verb, or just after it ("says the team"); labels of the parser are not needed for that.
    """
    doc = passage.doc
    sent = token.sent
    i = token.i - 1
    while i > sent.start and (doc[i].tag_ == "MD" or doc[i].dep_ in {"aux", "neg", "advmod"} or doc[i].text == ","):
        i -= 1
    head: Token | None = None
    start = token.i
    if i >= sent.start and doc[i].pos_ in {"NOUN", "PROPN", "PRON"} and i > sent.start:
        head = doc[i]
        for _ in range(4):
            if (
                head.dep_ in {"appos", "compound", "flat", "nmod", "pobj", "conj", "poss", "prep"}
                and sent.start < head.head.i < token.i
                and head.head.pos_ in {"NOUN", "PROPN", "ADP"}
            ):
                up = head.head if head.head.pos_ != "ADP" else head.head.head
                if up.pos_ not in {"NOUN", "PROPN"} or up.i >= token.i or up.i <= sent.start:
                    break
                if (
                    head.dep_ in {"appos", "conj"}
                    and doc[head.left_edge.i - 1].text == ","
                    and up.left_edge.i > sent.start
                    and doc[up.left_edge.i - 1].text not in {",", '"'}
                ):
                    break
                if up.left_edge.i <= sent.start:
                    break
                head = up
            else:
                break
        start = head.left_edge.i
        if start <= sent.start or doc[start - 1].text not in {",", '"', "\u2014", "-", ":"}:
            return None
    elif token.i + 1 < sent.end and token.i > sent.start and doc[token.i - 1].text in {",", '"'}:
        after = [c for c in token.children if c.dep_ in {"nsubj", "dobj", "attr"} and c.i > token.i]
        if not after:
            return None
        head = after[0]
    if head is None:
        return None
    end = token.i + 1
    while end < sent.end and doc[end].text not in {",", ";", '"', "\u2014"}:
        end += 1
    if end < sent.end and any(t.lower_ in {"citing", "quoting"} for t in doc[end : end + 2]):
        end = sent.end
    tail = [t for t in doc[end : sent.end] if not t.is_punct]
    if (
        len(tail) < 3
        or (head.i > token.i)
        or doc[min(end + 1, len(doc) - 1)].lower_ in {"who", "which", "in", "where", "adding", "according"}
    ):
        end = sent.end
    return head, start, end


def _next_to(passage: Passage, token: Token, first: int, last: int) -> bool:
    """A quotation belongs to the verb of saying beside it: in its sentence, or just before or after it."""
    doc = passage.doc
    if token.sent.start <= first < token.sent.end or token.sent.start <= last < token.sent.end:
        between = range(min(last, token.i), max(first, token.i))
        others = [
            i
            for i in between
            if doc[i].pos_ == "VERB"
            and i != token.i
            and doc[i].lemma_.lower() in {"say", "tell", "add", "write"}
            and not first <= i <= last
        ]
        return not others
    return False


def _sources(passage: Passage, subjects: list[Token], cast: Cast, act: str) -> list[list[Source]]:
    """One chain a speaker.

    "US and South Korean officials" and plain rows of persons are one voice, "both A and B" two.
    """
    first = subjects[0]
    if first.pos_ == "PRON" and first.lower_ in {"who", "which", "that", "what", "there"}:
        return []
    if (
        first.i in passage.items
        and first.i not in passage.states
        and passage.items[first.i][1].id
        not in {"workers", "troops", "crew_services", "cargo_any", "data", "institution", "political_support"}
    ):
        return []
    if first.lower_ in {"we", "i"} and cast.speaker is None and passage.quote_of(first.i) is None:
        return [[]]  # the document's own voice
    if first.lower_ in {"we", "i", "us"} and cast.speaker is not None:
        return [[as_source(cast.speaker, act)]]
    if first.lower_ in {"it", "they"} and cast.source is not None and passage.doc[first.i - 1].text == "," and first.i:
        return [
            [as_source(replace(cast.source, span=passage.span(first.i, first.i)), act)]
        ]  # "Singapore, it said, ..."
    parties = [p for t in subjects if (p := resolve(passage, t, cast)) is not None and p.kind not in {"thing", "item"}]
    if not parties:
        return []
    if parties[0].kind == "state" and parties[0].code == cast.publisher_state() and passage.quote_of(first.i) is None:
        return [[]]  # a State in its own paper speaks with the paper's own voice
    cast.source = parties[0] if parties[0].kind in {"organisation", "evidence", "company", "official"} else cast.source
    if first.lemma_.lower() in {
        "statement",
        "letter",
        "communique",
        "declaration",
        "note",
    } and first.head.lemma_.lower() in {"release", "issue", "sign", "publish", "make", "send"}:
        makers = [
            p
            for t in governed_by(first)[:1]
            if (p := resolve(passage, t, cast)) is not None and p.kind not in {"thing", "place"}
        ]
        if makers:
            return [[as_source(makers[0], act)]]
    if parties[0].kind == "evidence" or first.lemma_.lower() in cast.lexicon.actors["evidence"]:
        behind = [s for s in _cited(passage, first, cast) if s.kind not in {"evidence", "thing"}]
        if behind and (
            first.lemma_.lower() in {"information", "report", "statement", "briefing", "reporting", "account"}
            or behind[0].kind == "media"
        ):
            return [behind]
        return [[as_source(parties[0], act), *behind]]
    if parties[0].kind == "pronoun" and parties[0].name == "?":
        return []
    if len(parties) > 1 and any(c.lower_ == "both" for c in first.children) | all(p.kind == "state" for p in parties):
        return [[as_source(p, act)] for p in parties]
    joined = parties[0]
    if len(parties) > 1 and joined.kind in {"official", "described", "expert"}:
        end = parties[-1].span
        joined = replace(
            joined, span=(joined.span[0], end[1]) if joined.span and end and joined.span[0] < end[1] else joined.span
        )
    return [[as_source(joined, act)]]


def _outlet(passage: Passage, token: Token, cast: Cast) -> Party | None:
    """The outlet that a noun names; a proper name beside "told" that is no State, person or body counts as one."""
    if token.i in passage.outlets:
        return resolve(passage, token, cast)
    for child in token.children:
        if child.dep_ == "appos" and child.i in passage.outlets:
            return resolve(passage, child, cast)
    lemma = token.lemma_.lower()
    if lemma in cast.lexicon.actors["outlet_words"]:
        return resolve(passage, token, cast)
    return None


def _told_outlet(passage: Passage, token: Token, cast: Cast) -> Party | None:
    known = _outlet(passage, token, cast)
    if known is not None:
        return known
    if (
        token.pos_ == "PROPN"
        and token.i not in passage.clock
        and token.i not in passage.places
        and token.i not in passage.states
        and token.i not in passage.bodies
        and token.i not in passage.vessels
    ):
        words = passage.words(token.left_edge.i, token.i)
        if token.text in cast.names or words in cast.names:
            return None
        if token.i in passage.persons and len(passage.persons[token.i].words.split()) > 1:
            return None
        if (
            any(c.dep_ in {"amod", "poss"} for c in token.children)
            or token.lower_ in cast.lexicon.actors["organs"]
            or token.lower_ in cast.lexicon.actors["titles"]
        ):
            return None
        first, last = token.left_edge.i, token.i
        return Party(
            name=passage.words(first, last).removeprefix("the ").removeprefix("The "),
            kind="media",
            span=passage.span(first, last),
        )
    return None


def relays(passage: Passage, token: Token, cast: Cast) -> tuple[list[Source], list[Source], list[Party]]:
    """Outlets to which it was said, sources cited behind the speaker, and other addressees."""
    out: list[Source] = []
    inner: list[Source] = []
    addressed: list[Party] = []
    for child in token.children:
        if child.dep_ in {"dobj", "dative"} and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            outlet = (
                _told_outlet(passage, child, cast)
                if token.lemma_.lower() in {"tell", "inform", "brief"}
                else _outlet(passage, child, cast)
            )
            if outlet is not None:
                if outlet.name != "?" and all(o.name != outlet.name for o in out):
                    out.append(as_source(outlet, "interviews"))
            elif token.lemma_.lower() in {"tell", "inform", "brief", "warn", "assure", "remind", "advise"}:
                addressed.extend(p for t in conjuncts(child) if (p := resolve(passage, t, cast)) is not None)
        if child.dep_ in {"prep", "dative"} and child.pos_ == "ADP":
            for found in child.children:
                if found.dep_ != "pobj":
                    continue
                lemma = found.lemma_.lower()
                if (
                    child.lower_ in {"to", "with"}
                    and (outlet := (_told_outlet if child.lower_ == "to" else _outlet)(passage, found, cast))
                    is not None
                    and child.lower_ == "to"
                ):
                    out.append(as_source(outlet, "interviews"))
                if lemma in {
                    "interview",
                    "talk",
                    "conversation",
                    "remark",
                    "comment",
                    "interviews",
                    "column",
                    "article",
                    "statement",
                }:
                    for deeper in found.children:
                        if deeper.dep_ == "prep" and deeper.lower_ in {"with", "to", "by", "for", "in", "on"}:
                            for name in deeper.children:
                                outlet = _told_outlet(passage, name, cast) if name.dep_ == "pobj" else None
                                if outlet is not None:
                                    out.append(as_source(outlet, "interviews"))
        if child.dep_ in {"advcl", "xcomp", "prep", "ccomp"} and child.lower_ in {"citing", "quoting"}:
            for found in child.children:
                if found.dep_ in {"dobj", "pobj"}:
                    inner.extend(_cited(passage, found, cast))
    return out, inner, addressed


def _cited(passage: Passage, token: Token, cast: Cast) -> list[Source]:
    """As in "Citing a shipping agent" -> the agent; "citing a briefing by the service" -> the service."""
    lemma = token.lemma_.lower()
    if lemma in cast.lexicon.actors["evidence"]:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
                for found in child.children:
                    party = (
                        resolve(passage, found, cast)
                        if found.dep_ == "pobj" and found.pos_ in {"NOUN", "PROPN"}
                        else None
                    )
                    if party is not None and party.kind not in {"thing", "place", "vessel"}:
                        return [as_source(party, "says")]
            if child.dep_ == "agent" or (child.dep_ == "acl" and child.tag_ == "VBN"):
                for found in child.subtree:
                    if found.dep_ == "pobj" and found.head.lower_ == "by":
                        party = resolve(passage, found, cast)
                        if party is not None:
                            return [as_source(party, "says")]
    party = resolve(passage, token, cast)
    if party is None:
        return []
    if party.kind == "thing":
        party = replace(party, name=passage.words(token.left_edge.i, token.i), kind="evidence", unnamed=True)
    return [as_source(party, "says")]


def _quoting(passage: Passage, token: Token, cast: Cast, subjects: list[Token]) -> Report | None:
    """As in "Bloomberg quotes the minister as saying": the minister speaks, the subject relays."""
    objects = [c for c in token.children if c.dep_ == "dobj"]
    scope = {t.i for t in token.sent if t.i > token.i} | _complement(token)
    if not objects or not subjects or token.dep_ not in {"ROOT", "ccomp", "conj"}:
        return None
    speaker = resolve(passage, objects[0], cast)
    relay = resolve(passage, subjects[0], cast)
    if speaker is None or relay is None or speaker.kind in {"thing", "evidence"} or relay.kind == "thing":
        return None
    return Report(
        cue=token.i,
        kind="say",
        verb="quote",
        sources=[[as_source(speaker, "says"), as_source(relay, "quotes")]],
        scope=scope - {t.i for t in objects[0].subtree if t.dep_ in {"compound", "amod"}},
    )


def _according(passage: Passage, token: Token, cast: Cast) -> Report | None:
    objects = [
        o for c in token.subtree if c.lower_ == "to" and c.i <= token.i + 2 for o in c.children if o.dep_ == "pobj"
    ]
    if not objects:
        return None
    sources: list[Source] = []
    party = resolve(passage, objects[0], cast)
    if party is None:
        return None
    if party.kind == "thing":
        party = replace(
            party, name=passage.doc[objects[0].left_edge.i : objects[0].i + 1].text, kind="evidence", unnamed=True
        )
    sources.append(as_source(party, "says"))
    if party.kind == "evidence":
        behind = [s for s in _cited(passage, objects[0], cast) if s.kind not in {"evidence", "thing"}]
        if behind and objects[0].lemma_.lower() in {"information", "report", "statement", "briefing", "account"}:
            sources = []
        sources.extend(behind)
    for child in objects[0].subtree:
        if child.lemma_.lower() in {"quote", "cite", "interview", "seen", "see", "obtain"} and child.tag_ == "VBN":
            for by in child.children:
                if by.dep_ == "agent" or by.lower_ == "by":
                    for found in by.children:
                        outlet = (
                            (_outlet(passage, found, cast) or resolve(passage, found, cast))
                            if found.dep_ == "pobj"
                            else None
                        )
                        if outlet is not None and all(outlet.name != s.name for s in sources):
                            sources.append(as_source(replace(outlet, kind="media"), "quotes"))
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
        head = head.head
    own = {t.i for t in token.subtree} | {t.i for t in objects[0].subtree}
    base = head.subtree if head.dep_ in {"conj", "ccomp", "advcl", "relcl"} else token.sent
    return Report(cue=token.i, kind="say", verb="according", sources=[sources], scope={t.i for t in base} - own)


def _so(passage: Passage, token: Token, cast: Cast) -> Report | None:
    """As in "...: so the minister in an interview with the paper": a saying without a verb."""
    following = [t for t in token.sent if t.i > token.i and t.pos_ in {"PROPN", "NOUN"} and t.i - token.i <= 5]
    if not following or passage.doc[token.i + 1].pos_ not in {"PROPN", "DET", "NOUN", "ADJ"}:
        return None
    speaker = next((t for t in following if t.i in passage.persons and passage.persons[t.i].last == t.i), following[-1])
    party = resolve(passage, speaker, cast)
    if party is None or party.kind in {"thing", "place"}:
        return None
    outlets = [
        as_source(o, "interviews")
        for t in token.sent
        if t.i > token.i
        and t.dep_ == "pobj"
        and t.head.lower_ in {"with", "to"}
        and (o := _told_outlet(passage, t, cast)) is not None
    ]
    return Report(
        cue=speaker.i,
        kind="say",
        verb="say",
        sources=[[as_source(party, "says"), *outlets]],
        scope=set(range(token.sent.start, token.i - 1)),
    )


def _show_tail(passage: Passage, token: Token, cast: Cast) -> Report | None:
    """As in "..., customs data show.".

    The parser takes the last verb for a noun; the evidence stands after the last comma.
    """
    doc = passage.doc
    comma = next((i for i in range(token.i, token.sent.start, -1) if doc[i].text == ","), None)
    if comma is None:
        return None
    nouns = [doc[i] for i in range(comma + 1, token.i) if doc[i].lemma_.lower() in cast.lexicon.actors["evidence"]]
    if not nouns:
        return None
    first = nouns[0]
    start = comma + 1 + (doc[comma + 1].pos_ == "DET")
    made = Party(
        name=passage.words(start, first.i).lower(), kind="evidence", span=passage.span(start, first.i), unnamed=True
    )
    behind = [s for s in _cited(passage, first, cast) if s.kind not in {"evidence", "thing"}]
    return Report(
        cue=token.i,
        kind="show",
        verb="show",
        sources=[[as_source(made, "shows"), *behind]],
        scope=set(range(token.sent.start, comma)),
    )


def _by_count(passage: Passage, token: Token, cast: Cast) -> Report | None:
    noun = next(o for o in token.children if o.dep_ == "pobj")
    owners = [c for c in noun.children if c.dep_ == "poss"] + [
        o for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for o in c.children
    ]
    party = resolve(passage, owners[0], cast) if owners else None
    if party is None or party.name == "?":
        return None
    return Report(
        cue=token.i,
        kind="say",
        verb="count",
        sources=[[as_source(party, "says")]],
        scope={t.i for t in token.sent} - {t.i for t in token.subtree},
    )


def _noun(passage: Passage, token: Token, cast: Cast, kind: str) -> Report | None:
    """As in "Expressed concern that", "Seoul's estimate was that", "accusations of".

    A noun holds the clause, its owner speaks.
    """
    if (
        token.dep_ == "nsubj"
        and token.head.lemma_ == "be"
        and any(c.lemma_.lower() in _FALSE for c in token.head.children)
    ):
        kind = "deny"  # "reports that ... are a fabrication"
    if kind in {"intend", "offer"}:
        return None
    scope: set[int] = set()
    for child in token.children:
        if (
            child.dep_ in {"acl", "ccomp", "relcl"}
            and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
        ) or (
            child.dep_ == "prep"
            and child.lower_ in {"of", "over", "about", "that"}
            and kind in {"fear", "deny", "say"}
            and token.lemma_.lower()
            not in {"statement", "report", "account", "testimony", "complaint", "charge", "risk", "danger", "threat"}
        ):
            scope |= {t.i for t in child.subtree}
    if token.dep_ == "nsubj" and token.head.lemma_ == "be":
        scope |= {t.i for c in token.head.children if c.dep_ in {"ccomp", "attr"} for t in c.subtree}
    if not scope:
        return None
    owners = [c for c in token.children if c.dep_ == "poss"] or [
        o
        for c in token.children
        if c.dep_ == "prep" and c.lower_ in {"by", "from", "among"}
        for o in c.children
        if o.dep_ == "pobj"
    ]
    if not owners:
        verb = token.head
        if token.dep_ == "dobj" and verb.lemma_.lower() in {
            "express",
            "voice",
            "make",
            "raise",
            "have",
            "share",
            "repeat",
            "issue",
            "publish",
            "give",
            "add",
            "level",
            "harbour",
            "harbor",
        }:
            owners = governed_by(token)
    if not owners:
        return Report(cue=token.i, kind=kind, verb=token.lemma_.lower(), sources=[[]], scope=scope)
    sources = _sources(passage, [t for o in owners[:1] for t in conjuncts(o)], cast, token.lemma_.lower())
    if not sources:
        return None
    return Report(cue=token.i, kind=kind, verb=token.lemma_.lower(), sources=sources, scope=scope)


def _adjective(passage: Passage, token: Token, cast: Cast) -> Report | None:
    """As in "He was concerned by possible support": the words of fear stand for a source that says so."""
    scope = _complement(token) | {
        t.i
        for c in token.children
        if c.dep_ in {"prep", "agent"} and c.lower_ in {"by", "about", "over", "that", "at"}
        for t in c.subtree
    }
    subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}] or (
        [c for c in token.head.children if c.dep_ in {"nsubj", "nsubjpass"}] if token.dep_ in {"acomp", "oprd"} else []
    )
    kind = "believe" if token.lemma_.lower() in {"confident", "convinced"} else "fear"
    if not scope or not subjects:
        return None
    sources = _sources(passage, subjects, cast, "fears" if kind == "fear" else "believes")
    return Report(cue=token.i, kind=kind, verb=token.lemma_.lower(), sources=sources, scope=scope) if sources else None


def _orphan_quotes(passage: Passage, found: list[Report]) -> list[Report]:
    """A quotation without a verb beside it goes on from the one before it in the paragraph.

    Or stays without a speaker.
    """
    out: list[Report] = []
    last: Report | None = None
    for first, end in passage.quotes:
        held = next((r for r in found if r.quoted and first in r.scope), None)
        if held is not None:
            last = held
        elif end - first >= 6 and last is not None and not any(first in r.scope for r in found):
            out.append(replace(last, scope=set(range(first, end + 1))))
    return out


def spoken_times(passage: Passage, found: list[Report]) -> list[tuple[Time, Report]]:
    """Times that stand in the words of saying and not in what is said: "told Bloomberg in an interview on 14 June"."""
    out: list[tuple[Time, Report]] = []
    for time in passage.times:
        if not time.value or time.lead in {"since", "until"}:
            continue
        index = passage.token(time.start)
        node = passage.doc[index]
        close = next(
            (
                r
                for r in found
                if r.kind != "show"
                and any(r.sources)
                and 0 < index - r.cue <= 2
                and all(t.dep_ == "prep" or t.i == index for t in passage.doc[r.cue + 1 : index + 1])
            ),
            None,
        )
        if close is not None:  # "said last month it would": beside the verb of saying
            out.append((time, close))
            continue
        inner = next(iter(nesting(found, index)), None)
        cues = {
            r.cue: r
            for r in found
            if r.kind != "show"
            and (inner is None or r.cue in inner.scope)
            and passage.doc[r.cue].sent.start == node.sent.start
            and index not in r.scope
            and any(r.sources)
        }
        for _ in range(8):
            if node.i in cues:
                out.append((time, cues[node.i]))
                break
            if node.head.i == node.i:
                break
            node = node.head
    return out
