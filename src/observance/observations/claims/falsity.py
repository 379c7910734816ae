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

__all__ = ["taken_back"]


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


def _found(trigger: Token) -> Iterator[tuple[str, Token]]:
    came = trigger
    for node in [trigger, *trigger.ancestors]:
        if node.sent.start != trigger.sent.start:
            return
        if node.i != trigger.i:
            yield from _governed(node, came)
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
    if lemma in CLEARING and came.lower_ == "of" and not _negated(node):
        yield "denied", node
    if lemma in PERMITS and came.dep_ in {"prep", "acl"}:
        yield "intended", node


def _content(noun: Token, trigger: Token) -> Iterator[tuple[str, Token]]:
    """`Reports that ... are false`, `called reports that ... false`, `dismissed as fabricated a report that ...`."""
    verb = noun.head
    inside = {token.i for token in noun.subtree}
    if trigger.i not in inside or verb.pos_ not in {"VERB", "AUX"} or _negated(verb):
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
