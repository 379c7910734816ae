"""How certain the source nearest to the event leaves it.

Cues are gathered from the trigger upwards to the border of that source's words and not beyond; of several the one
farthest from fact wins (ranks of the vocabulary). A could, might or would inside the clause of a fear, a hope or a
belief belongs to that word and is no second cue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observance.observations.claims.falsity import CONTENT, taken_back
from observance.observations.claims.grammar import passive
from observance.observations.claims.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage
    from observance.observations.claims.sources import Report

RANK = {
    "asserted": 1,
    "believed": 2,
    "opinion": 3,
    "intended": 4,
    "offered": 5,
    "feared": 6,
    "conditional": 7,
    "denied": 8,
}
_KIND = {
    "say": "asserted",
    "show": "asserted",
    "believe": "believed",
    "fear": "feared",
    "deny": "denied",
    "intend": "intended",
    "offer": "offered",
}
# a clause of circumstance with its own verb is told as it stands, whatever hangs on the main verb
_APART = {"as", "while", "after", "when", "because", "since", "although", "though", "where", "whereas"}
_SOFT = {"feared", "believed", "intended"}


def modality(passage: Passage, trigger: Token, nearest: Report | None, lexicon: Lexicon) -> tuple[str, tuple[int, ...]]:
    """The modality of a trigger and the tokens of its cues."""
    scope = nearest.scope if nearest else None
    cues: list[tuple[str, int, bool]] = []
    if nearest is not None:
        base = _KIND[nearest.kind]
        cue = passage.doc[nearest.cue]
        if nearest.verb in {"warn", "caution"} and not any(
            t.lower_ in {"could", "would", "might", "may", "risk", "danger", "will"}
            for t in passage.doc
            if t.i in nearest.scope
        ):
            base = "asserted"
        if nearest.kind in {"say", "show"} and any(c.dep_ == "neg" for c in cue.children) and nearest.verb != "know":
            base = "denied"
        if nearest.kind in {"say", "show"} and _unable(cue):
            base = "denied"
        if nearest.kind == "believe" and _negated(cue):
            base = "denied"
        if nearest.kind == "deny" and _negated(cue):
            base = "asserted"
        if base != "asserted":
            cues.append((base, nearest.cue, True))
    # A bare report or rumour is nobody's word: who calls it false speaks of its content.
    bare = nearest is not None and passage.doc[nearest.cue].lemma_.lower() in CONTENT
    cues += taken_back(trigger, None if bare else scope)
    word = trigger.lemma_.lower()
    if word in {"offer", "propose"}:
        cues.append(("offered", trigger.i, False))
    elif word in {"promise", "pledge", "plan", "seek", "request", "want", "demand", "negotiate"}:
        cues.append(("intended", trigger.i, False))
    node = trigger
    came: Token | None = None
    for _ in range(14):
        if scope is not None and node.i not in scope and node is not trigger:
            break
        if nearest is not None and node.i == nearest.cue:
            break
        apart = (
            came is not None
            and came.dep_ == "conj"
            and came.pos_ in {"VERB", "AUX"}
            and any(c.dep_ in {"nsubj", "nsubjpass"} for c in came.children)
        )
        if not apart:
            _own(node, came, trigger, lexicon, cues)
        head = node.head
        if node.dep_ == "advcl" and any(m.dep_ in {"mark", "advmod"} and m.lower_ in _APART for m in node.children):
            break
        if node.dep_ == "relcl" or (
            node.dep_ == "acl" and node.tag_ == "VBN"
        ):  # told as known, whatever is said of the noun
            if any(c.lower_ in {"no", "any"} for c in node.head.children):
                cues.append(
                    (
                        "denied" if any(c.lower_ == "no" for c in node.head.children) else "conditional",
                        node.head.i,
                        False,
                    )
                )
            break
        if (
            node.pos_ == "NOUN"
            and node.lemma_.lower() in {"offer", "agreement", "proposal", "plan", "pledge", "promise"}
            and node.dep_ in {"nsubj", "nsubjpass", "pobj"}
            and (came is not None or node.i == trigger.i)
        ):
            break
        if head.i == node.i:
            if _question(node):
                cues.append(("conditional", node.i, False))
            break
        inside = scope is None or head.i in scope
        if inside and (nearest is None or head.i != nearest.cue):
            _from_head(node, head, trigger, lexicon, cues)
        if not inside and _question(node) and scope is not None:
            pass
        came, node = node, head
    held = [c for c in cues if c[2] and c[0] in _SOFT]
    kept = [
        c
        for c in cues
        if not (
            held
            and c[0] in {"conditional", "intended"}
            and passage.doc[c[1]].lower_
            in {"could", "might", "would", "may", "can", "will", "possible", "potential", "possibly", "eventual"}
            and _under(passage.doc[c[1]], [h[1] for h in held])
        )
    ]
    if not kept:
        return "asserted", ()
    best = max(kept, key=lambda c: RANK[c[0]])
    return best[0], tuple(c[1] for c in kept)


def _under(token: Token, heads: list[int]) -> bool:
    return any(a.i in heads for a in token.ancestors) or any(h < token.i for h in heads)


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ in {"no", "never"} for c in verb.children)


def _unable(cue: Token) -> bool:
    """As in "was unable to confirm that", "failed to establish that": nothing is said to be so."""
    head = cue.head
    if cue.dep_ != "xcomp":
        return False
    if head.pos_ == "ADJ":
        return head.lower_ in {"unable", "impossible"} or (head.lower_ in {"able", "possible"} and _negated(head.head))
    return head.lemma_.lower() in {"fail", "decline", "refuse"} and not _negated(head)


def _question(node: Token) -> bool:
    tail = [t for t in node.sent if not t.is_space and t.text != '"']
    return bool(tail) and tail[-1].text == "?"


def _own(node: Token, came: Token | None, trigger: Token, lexicon: Lexicon, cues: list[tuple[str, int, bool]]) -> None:
    """Cues that hang on a token of the path: auxiliaries, negation, adverbs, adjectives, conditions."""
    verbal = node.pos_ in {"VERB", "AUX"}
    for child in node.children:
        if came is not None and child.i == came.i:
            continue
        word = child.lower_
        if verbal and child.dep_ in {"aux", "auxpass"}:
            if came is not None and came.dep_ in {"nsubj", "relcl"} and word in lexicon.cues["auxiliaries"]["intended"]:
                continue
            if came is not None and came.dep_ == "advcl" and came.tag_ != "VB":
                continue
            for kind, words in lexicon.cues["auxiliaries"].items():
                if word in words and not (word == "going" and child.dep_ != "aux"):
                    if word == "would" and _past_future(node):
                        cues.append(("intended", child.i, False))
                    elif word in {"can", "could"} and node.lemma_.lower() in {"confirm", "say", "see"}:
                        continue
                    else:
                        cues.append((kind, child.i, False))
        elif verbal and child.dep_ == "neg":
            if node.i == trigger.i and node.lemma_.lower() in {"transmit", "broadcast"}:
                continue  # a ship that sends no signal hides: the negation is the event
            if came is None or came.dep_ in {
                "xcomp",
                "ccomp",
                "dobj",
                "prep",
                "acomp",
                "attr",
                "nsubjpass",
                "nsubj",
                "oprd",
            }:
                if node.lemma_.lower() in {"know", "deny", "rule"}:
                    cues.append(("conditional", child.i, False))
                elif not _only(child):
                    cues.append(("denied", child.i, False))
        elif child.dep_ in {"advmod", "amod", "preconj", "cc", "det"} and word in lexicon.words:
            kind = lexicon.words[word]
            if (
                kind == "denied"
                and word in {"no", "neither", "nor", "never", "nothing", "none", "hardly", "not"}
                and (verbal or child.dep_ in {"det", "preconj", "cc"})
            ):
                if word == "no" and (child.dep_ == "advmod" or node.lemma_.lower() in {"doubt", "question", "secret"}):
                    continue
                if _only(child):
                    continue
                cues.append((kind, child.i, False))
            elif (
                kind in {"believed", "conditional", "intended", "offered"}
                and (verbal or node.i == trigger.i or child.dep_ == "amod")
            ) or (kind == "opinion" and verbal):
                cues.append((kind, child.i, False))
        elif (child.dep_ == "mark" and word in lexicon.cues["conditions"]) or (
            verbal
            and child.dep_ == "advcl"
            and any(m.dep_ == "mark" and m.lower_ in {"if", "unless"} for m in child.children)
            and came is None
        ):
            cues.append(("conditional", child.i, False))
        elif (
            verbal
            and child.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"}
            and came is None
            and any(d.lower_ in {"no", "neither"} and d.dep_ in {"det", "preconj"} for d in child.children)
        ) or (
            verbal and child.dep_ in {"dobj", "nsubj", "nsubjpass"} and child.lower_ in {"nothing", "none", "nobody"}
        ):
            cues.append(("denied", child.i, False))
    if verbal and node.lower_ == "should" and node.dep_ == "ROOT":
        cues.append(("conditional", node.i, False))
    if node.dep_ == "aux" or (
        verbal
        and any(
            c.lower_ == "should" and c.i < node.i and all(s.i > c.i for s in node.children if s.dep_ == "nsubj")
            for c in node.children
        )
        and any(c.dep_ == "nsubj" for c in node.children)
    ):
        cues.append(("conditional", node.i, False))
    if node.dep_ == "pobj" and node.head.lower_ == "without":
        cues.append(("denied", node.head.i, False))
    if node.dep_ == "pcomp" and node.head.lower_ == "without":
        cues.append(("denied", node.head.i, False))


def _only(negation: Token) -> bool:
    """As in "Not only" denies nothing."""
    return any(t.lower_ in {"only", "just", "merely", "simply"} for t in negation.doc[negation.i + 1 : negation.i + 2])


def _past_future(verb: Token) -> bool:
    """As in "Said that it would deliver": a plan told afterwards, unless a condition stands beside it."""
    if any(c.dep_ == "advcl" and any(m.lower_ in {"if", "unless"} for m in c.children) for c in verb.children):
        return False
    if any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children):
        return False
    head = verb.head
    return (
        verb.dep_ == "ccomp"
        and head.tag_ == "VBD"
        and head.lemma_.lower() in {"say", "promise", "announce", "vow", "pledge", "agree", "tell", "declare"}
        and any(c.dep_ == "nsubj" and c.pos_ in {"PROPN", "PRON"} for c in verb.children)
    )


def _from_head(node: Token, head: Token, trigger: Token, lexicon: Lexicon, cues: list[tuple[str, int, bool]]) -> None:
    """Cues of the word that governs the path."""
    lemma = head.lemma_.lower()
    dep = node.dep_
    if head.pos_ in {"VERB", "AUX"}:
        clausal = dep in {"xcomp", "ccomp", "oprd"}
        thing = dep in {"dobj", "nsubjpass"} or (dep == "pobj")
        if (
            passive(head)
            and dep in {"xcomp", "oprd", "nsubj", "nsubjpass"}
            and lemma in _flat(lexicon.cues["impersonal"])
        ):
            kind = next(k for k, words in lexicon.cues["impersonal"].items() if lemma in words)
            if dep in {"xcomp", "oprd"}:
                cues.append((kind, head.i, True))
            return
        kind = lexicon.govern.get(lemma)
        if kind and (
            clausal
            or (
                thing
                and lemma
                not in {
                    "sign",
                    "order",
                    "request",
                    "schedule",
                    "contract",
                    "approve",
                    "authorise",
                    "authorize",
                    "stop",
                    "discuss",
                    "consider",
                    "commit",
                    "expect",
                    "set",
                    "fail",
                    "bar",
                    "block",
                    "look",
                    "prepare",
                    "arrange",
                    "cancel",
                    "pursue",
                    "demand",
                    "think",
                    "ask",
                    "judge",
                    "assume",
                }
                and trigger.i == node.i
            )
        ):
            if kind == "denied" and lemma in {"deny", "reject", "dismiss", "refute"} and not clausal and not thing:
                return
            if kind == "denied" and lemma in {"stop", "cease", "halt"} and not _negated(head):
                return
            if kind == "denied" and _negated(head):
                return
            if (
                clausal
                and lemma in {"set", "look", "consider", "expect", "order", "ask", "invite", "request", "commit"}
                and dep == "ccomp"
                and node.tag_ not in {"VB", "VBG"}
            ):
                return
            cues.append((kind, head.i, kind in _SOFT))
        elif (dep == "advcl" and any(m.lower_ in {"if", "unless"} for m in node.children)) or (
            dep == "xcomp" and lemma == "would"
        ):
            cues.append(("conditional", head.i, False))
        elif dep == "dobj" and lemma in {"entertain", "rule"}:
            cues.append(("denied", head.i, False))
    elif head.pos_ in {"ADJ", "ADV"} and dep in {"xcomp", "ccomp", "prep"}:
        kind = lexicon.words.get(head.lower_)
        if head.lower_ == "able" and _negated(head.head):
            cues.append(("denied", head.i, False))
        elif head.lower_ in {"able", "capable"}:
            cues.append(("conditional", head.i, False))
        elif head.lower_ in {"unable", "incapable"}:
            cues.append(("denied", head.i, False))
        elif kind and kind != "opinion":
            cues.append((kind, head.i, kind in _SOFT))
    elif (
        head.pos_ == "ADP"
        and head.head.pos_ == "VERB"
        and head.lower_ in {"about", "on", "for", "over", "from", "against"}
    ):
        kind = lexicon.govern.get(head.head.lemma_.lower())
        if (
            kind
            and head.head.lemma_.lower() not in {"order", "sign", "set", "look", "expect", "invite"}
            and not (kind == "denied" and _negated(head.head))
        ):
            cues.append((kind, head.head.i, kind in _SOFT))
    elif head.pos_ in {"NOUN", "PROPN", "ADP", "SCONJ"}:
        noun = head if head.pos_ in {"NOUN", "PROPN"} else head.head
        word = noun.lemma_.lower()
        linked = dep in {"acl", "pobj", "pcomp", "ccomp"} or head.pos_ == "ADP"
        if (
            linked
            and noun.pos_ in {"NOUN", "PROPN"}
            and not (dep == "acl" and node.tag_ == "VBN")
            and not (head.pos_ == "ADP" and head.lower_ not in {"of", "for", "about", "on", "over", "to", "that"})
        ):
            if dep == "relcl":
                return
            kind = lexicon.say_nouns.get(word)
            if (
                dep == "acl"
                and word in {"capacity", "ability", "capability", "means", "authority"}
                and node.tag_ == "VB"
            ):
                lacking = noun.head.lemma_.lower() in {"lack", "have"} and (
                    noun.head.lemma_.lower() == "lack"
                    or _negated(noun.head)
                    or any(d.lower_ == "no" for d in noun.children)
                )
                cues.append(("denied" if lacking else "conditional", noun.i, False))
                return
            if word in lexicon.cues["unconfirmed"] and any(
                d.lower_ in {"no", "any", "little", "scant"} for d in noun.children
            ):
                if any(d.lower_ in {"no", "little", "scant"} for d in noun.children) or any(
                    c.dep_ == "neg" for c in noun.head.children
                ):
                    cues.append(("denied", noun.i, False))
                return
            if kind in {"intend", "offer", "fear", "deny", "believe"}:
                if (
                    kind == "intend"
                    and word
                    in {
                        "talk",
                        "discussion",
                        "order",
                        "request",
                        "contract",
                        "deal",
                        "decision",
                        "negotiation",
                        "scheme",
                        "effort",
                    }
                    and dep == "pobj"
                    and head.lower_ not in {"on", "over", "about", "for"}
                ):
                    return
                cues.append((_KIND[kind], noun.i, kind in {"fear", "believe", "intend"}))


def _flat(table: dict[str, list[str]]) -> set[str]:
    return {w for words in table.values() for w in words}
