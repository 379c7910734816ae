"""Words that take an event back: a report called false, a deed doubted, a shipment cancelled, a ship cleared of it.

What such words govern did not happen as far as the source goes, whatever the verb of the event looks like. The rule is
one of grammar: the word must govern the event or the noun that carries it (`the report that ...`), inside the words of
one source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = ["accused", "ruled", "taken_back"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FALSE = _words(
    "false wrong untrue unfounded baseless groundless fabricated fabrication incorrect inaccurate fake fiction "
    "fictitious nonsense lie lies bogus invented concocted mistaken erroneous ungrounded unsubstantiated absurd hoax "
    "disinformation misinformation slander"
)
CONTENT = _words(
    "report rumour rumor claim allegation accusation suggestion assertion story news idea notion speculation charge "
    "statement talk insinuation"
)
CALLING = _words(
    "call brand label describe dismiss deride denounce term deem consider declare reject decry characterise "
    "characterize"
)
DOUBTING = _words("doubt dispute contest question debunk disprove")
UNDONE = _words("cancel scrap abort prevent thwart foil avert forgo shelve")
CLEARING = _words("clear acquit exonerate absolve")
ACCUSING = _words("accuse convict suspect") | CLEARING  # whom they take as object did, or did not, what follows `of`
WRONGLY = _words("wrongly falsely unjustly mistakenly wrongfully")
RETRACTING = _words("withdraw retract")
NOT_DONE = {("instead", "of"), ("far", "from"), ("rather", "than"), ("short", "of")}
QUASHING = _words("overturn quash reverse annul vacate void dismiss drop")
RULINGS = _words("conviction verdict sentence charge indictment judgment judgement case lawsuit")
PERMITS = _words("licence license permit permission authorisation authorization clearance waiver")
NOTHING = _words("zero nil nothing naught")
_FALLING = _words("fall drop decline shrink slump go reduce cut")


def taken_back(trigger: Token, scope: set[int] | frozenset[int] | None) -> list[tuple[str, int, bool]]:
    """Cues that take the event back: (modality, token, False), at most one.

    Args:
        trigger: the word for the event.
        scope: tokens of the source nearest to it; None is the whole sentence.
    """
    for kind, word in _found(trigger):
        if scope is None or word.i in scope or word.head.i in scope:
            return [(kind, word.i, False)]
    return []


def accused(preposition: Token) -> Token | None:
    """Of whom `of` with a participle tells, where the parser hung it on the object: `acquitted two of X of selling`.

    Returns the object of the accusing verb, or None.
    """
    if preposition.lower_ != "of" or not any(child.dep_ == "pcomp" for child in preposition.children):
        return None
    node = preposition.head
    while node.dep_ in {"pobj", "prep", "appos", "compound"}:
        node = node.head
    found = node.dep_ in {"dobj", "nsubjpass"} and node.head.lemma_.lower() in ACCUSING
    return node if found else None


def quashed(verb: Token) -> Token | None:
    """The ruling that a verb undoes: `overturned the conviction`, `the charges were dropped`; or None."""
    if verb.lemma_.lower() not in QUASHING or _negated(verb):
        return None
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"} and child.lemma_.lower() in RULINGS:
            return child
    return None


def ruled(preposition: Token) -> Token | None:
    """The ruling that tells of a deed: `the conviction of X for exporting`, hung on the noun, its name or the verb."""
    node = preposition.head
    if node.pos_ == "VERB":
        return quashed(node)
    while node.dep_ in {"pobj", "prep", "appos", "compound"} and node.lemma_.lower() not in RULINGS:
        node = node.head
    return node if node.lemma_.lower() in RULINGS and node.pos_ == "NOUN" else None


def _found(trigger: Token) -> Iterator[tuple[str, Token]]:
    came = trigger
    for node in [trigger, *trigger.ancestors]:
        if node.sent.start != trigger.sent.start:
            return
        if node.i != trigger.i:
            yield from _governed(node, came)
        start = node.left_edge.i
        before = node.doc[max(0, start - 2) : start]
        if tuple(token.lower_ for token in before) in NOT_DONE and node.pos_ in {"VERB", "NOUN"}:
            yield "denied", before[-1]
        if _inverted(node):
            yield "conditional", node
        if node.pos_ == "NOUN" and node.lemma_.lower() in CONTENT and node.i != trigger.i:
            yield from _content(node, trigger)
        if node.i == trigger.i and node.pos_ == "NOUN":
            yield from _undone(node)
        # A clause of circumstance or a relative clause is told as it stands, whatever hangs on its head.
        if node.dep_ in {"advcl", "relcl"} and node.i != trigger.i:
            return
        came = node


def _negated(token: Token) -> bool:
    return any(child.dep_ == "neg" for child in token.children)


def _governed(node: Token, came: Token) -> Iterator[tuple[str, Token]]:
    """Words above the event: `it is untrue that`, `doubts that`, `cleared of`, `a licence for`."""
    lemma = node.lemma_.lower()
    if node.lower_ in FALSE and came.dep_ in {"ccomp", "csubj", "acl", "xcomp"} and not _negated(node.head):
        yield "denied", node
    if lemma == "be" and came.dep_ in {"ccomp", "csubj", "advcl"}:
        for child in node.children:
            if child.dep_ in {"acomp", "attr"} and child.lower_ in FALSE and not _negated(node):
                yield "denied", child
    doubted = lemma in DOUBTING and node.pos_ in {"VERB", "NOUN"} and came.dep_ in {"ccomp", "acl", "dobj"}
    if doubted and not _negated(node) and not any(child.lower_ == "no" for child in node.children):
        yield "denied", node
    if came.dep_ == "prep" and came.lower_ == "of":
        aimed = accused(came)
        verb = aimed.head if aimed is not None else node
        word = verb.lemma_.lower()
        wrongly = any(child.lower_ in WRONGLY for child in verb.children)
        if (word in CLEARING and not _negated(verb)) or (word in ACCUSING and wrongly):
            yield "denied", verb
        elif word == "suspect" and verb.pos_ == "VERB":
            yield "denied" if _negated(verb) else "believed", verb
        free = node.lower_ == "innocent" or (node.lower_ == "guilty" and (_negated(node) or _negated(node.head)))
        if free:
            yield "denied", node
    if (came.dep_ == "prep" and quashed(node)) or (came.lemma_.lower() in RULINGS and quashed(node) == came):
        yield "denied", node
    if lemma in PERMITS and came.dep_ in {"prep", "acl"}:
        yield "intended", node


def _inverted(verb: Token) -> bool:
    """`Had the ship reached the port, ...`, `Were they to ship fuel, ...`, `Should it sail, ...`."""
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or verb.dep_ != "advcl":
        return False
    ahead = [verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass"})]
    return any(
        one.lower_ in {"had", "were", "should"} and one.i == verb.left_edge.i and one.i < subject.i for one in ahead
    )


def _content(noun: Token, trigger: Token) -> Iterator[tuple[str, Token]]:
    """`Reports that ... are false`, `called reports that ... false`, `dismissed as fabricated a report that ...`."""
    verb = noun.head
    inside = {token.i for token in noun.subtree}
    if trigger.i not in inside or verb.pos_ not in {"VERB", "AUX"} or _negated(verb):
        return
    if verb.lemma_.lower() in RETRACTING and noun.dep_ in {"dobj", "nsubjpass"}:
        yield "denied", verb
        return
    subject = noun.dep_ in {"nsubj", "nsubjpass"}
    calling = [token for token in (verb, verb.head) if token.lemma_.lower() in CALLING]
    if not (subject or calling):
        return
    if verb.lower_ in FALSE and calling:
        yield "denied", verb
        return
    reach = verb.subtree if not calling else calling[0].subtree
    for token in reach:
        # The parser often hangs the last word of `called reports that ... false` on the clause itself.
        trailing = calling and token.i > trigger.i and token.dep_ in {"advmod", "advcl", "acomp", "oprd", "ccomp"}
        if token.lower_ in FALSE and (token.i not in inside or trailing):
            yield "denied", token
            return


def _undone(noun: Token) -> Iterator[tuple[str, Token]]:
    """`The shipment was cancelled`, `prevented a delivery`, `imports fell to zero`."""
    verb = noun.head
    lemma = verb.lemma_.lower()
    if lemma in UNDONE and noun.dep_ in {"dobj", "nsubjpass"} and not _negated(verb):
        yield "denied", verb
    if (
        lemma == "call"
        and noun.dep_ in {"dobj", "nsubjpass"}
        and any(child.dep_ == "prt" and child.lower_ == "off" for child in verb.children)
    ):
        yield "denied", verb
    if lemma in _FALLING and noun.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        for child in verb.children:
            if child.lower_ == "to" and any(end.lower_ in NOTHING for end in child.children):
                yield "denied", verb
