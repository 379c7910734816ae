"""Who does what to whom in a parsed sentence: the arguments of a verb or of a noun of happening.

Passives, control ("convinced Pyongyang to sell"), participles ("petroleum provided by Russia"), relative clauses,
shared subjects and light verbs ("conducted a transfer") are turned into plain slots: subj, obj, iobj and one slot a
preposition. Dependency labels are those of spaCy's English models (ClearNLP style).

One module, though long: each rule is one construction, and verbs and nouns need each other's arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observance.observations.claims.falsity import accused, ruled
from observance.observations.claims.lexicon import table

if TYPE_CHECKING:
    from spacy.tokens import Token

Slots = dict[str, list["Token"]]

_SUBJECT = {"nsubj", "nsubjpass", "csubj", "expl"}
_PREP = {"prep", "dative", "agent"}
_VERBS = table("verbs.yaml")
OBJECT_CONTROL = frozenset(_VERBS["object_control"])
LIGHT = frozenset(_VERBS["light"])
PERCEIVE = frozenset(_VERBS["perceive"])


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it, in order."""
    out = [token]
    seen = {token.i}
    for item in out:
        for child in item.children:
            if (
                child.dep_ == "conj"
                and child.i not in seen
                and (
                    child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET"}
                    or child.tag_ in {"NN", "NNS", "NNP", "NNPS"}
                )
            ):
                seen.add(child.i)
                out.append(child)
    return out


def passive(verb: Token) -> bool:
    """True for a verb whose grammatical subject is acted upon."""
    if verb.tag_ != "VBN":
        return False
    if any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in verb.children) and not any(
        c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children
    ):
        return False
    if garden_path(verb) is not None:
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if verb.dep_ in {"acl", "amod"}:
        return True
    if any(c.dep_ == "agent" for c in verb.children):
        return True
    if (
        verb.dep_ == "conj"
        and verb.head.tag_ == "VBN"
        and verb.head.pos_ in {"VERB", "AUX"}
        and not any(c.dep_ in {"nsubj", "aux"} for c in verb.children)
    ):
        return passive(verb.head)
    return verb.dep_ == "advcl" and not any(c.dep_ in {"aux", "dobj"} for c in verb.children)


def subject(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, own or understood; empty where none can be told."""
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if own:
        first = next(
            (c for c in own if c.pos_ in {"NOUN", "PROPN"} and c.lower_ not in {"each", "all", "both"}), own[0]
        )
        real = [c for c in own if c.pos_ in {"NOUN", "PROPN", "PRON"}]
        if len(real) > 1 and any(
            t.text == "," for t in verb.doc[real[0].i : real[1].i]
        ):  # "Moscow, the minister said, has given"
            first = real[-1]
        if own[0].lower_ in {"who", "which", "that"} and own[0].tag_ in {"WP", "WDT"}:
            first = own[0]
        if first.lower_ in {"who", "which", "that", "whom"} and first.tag_ in {"WDT", "WP", "IN", "DT"}:
            head = _relative_head(verb)
            if head is not None:
                return conjuncts(head) if head.dep_ != "conj" else [head]
        return conjuncts(first)
    if depth > 6:
        return []
    if verb.dep_ == "dobj" and verb.tag_ in {"VB", "VBP"}:  # "saw containers travel", the noun taken for a compound
        nouns = [c for c in verb.children if c.dep_ in {"compound", "nmod"} and c.i < verb.i]
        if nouns:
            return nouns[-1:]
    head = verb.head
    dep = verb.dep_
    if dep == "ccomp" and head.pos_ == "VERB":
        two = [c for c in head.children if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"} and c.i < head.i]
        if len(two) > 1 and any(t.text == "," for t in verb.doc[two[0].i : two[1].i]) and verb.i > head.i:
            return conjuncts(two[0])
    if dep == "dep" and head.pos_ == "VERB" and head.tag_ in {"VBD", "VBN"}:
        return subject(head, depth + 1)
    if dep == "ROOT" and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        led = [path for c in verb.sent if c.dep_ == "amod" and c.i < verb.i and (path := garden_path(c)) is not None]
        if led:
            return led[:1]
    if dep in {"advcl", "pcomp", "xcomp"} and verb.tag_ == "VBG" and verb.i:
        before = verb.doc[verb.i - 1]
        if (
            before.dep_ == "pobj"
            and before.pos_ in {"PROPN", "NOUN", "PRON"}
            and before.head.head.i == head.i
            and before.head.lower_ in {"to", "of", "about", "with", "from"}
        ):
            return conjuncts(before)
    if dep == "conj" and head.pos_ in {"VERB", "AUX"}:
        return subject(head, depth + 1)
    if dep == "xcomp" or (dep in {"ccomp", "advcl"} and verb.tag_ in {"VB", "VBG"} and head.pos_ in {"VERB", "AUX"}):
        objects = [c for c in head.children if c.dep_ in {"dobj", "dative"} and c.i < verb.i]
        if objects and head.lemma_.lower() in OBJECT_CONTROL and dep != "advcl":
            if objects[0].lower_ in {"that", "which", "whom", "who"}:
                rel = _relative_head(head)
                return [rel] if rel is not None else []
            return conjuncts(objects[0])
        if head.pos_ in {"ADJ", "NOUN"}:
            return subject(head.head, depth + 1) if head.head.i != head.i else []
        if (
            passive(head)
            and head.lemma_.lower() not in OBJECT_CONTROL
            and any(c.dep_ == "agent" for c in head.children)
        ):
            return [o for c in head.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
        return subject(head, depth + 1)
    if dep == "pcomp":
        anchor = head.head
        told_of = accused(head)
        if told_of is not None:
            return conjuncts(told_of)
        ruling = ruled(head)
        if ruling is not None:  # "overturned the conviction of X for exporting": X, and never the court
            return [o for c in ruling.children if c.lower_ in {"of", "against"} for o in c.children if o.dep_ == "pobj"]
        if anchor.pos_ in {"VERB", "AUX"}:
            objects = [c for c in anchor.children if c.dep_ in {"dobj", "nsubjpass"}]
            if objects and objects[0].lemma_.lower() == "sanction":  # "imposed sanctions on X for testing"
                bearers = [
                    o for c in anchor.children if c.dep_ == "prep" and c.lower_ in {"on", "against"} for o in c.children
                ]
                if bearers:
                    return conjuncts(bearers[0])
            bare = anchor.dep_ == "relcl" and not objects and not passive(anchor)
            if bare and anchor.lemma_.lower() in {"list", "blacklist", "designate", "sanction", "fine"}:
                return conjuncts(anchor.head)  # "a company it had listed for shipping oil"
            if objects and anchor.lemma_.lower() in OBJECT_CONTROL | {
                "list",
                "blacklist",
                "accuse",
                "acquit",
                "clear",
                "exonerate",
                "absolve",
                "charge",
                "convict",
                "suspect",
                "blame",
                "indict",
                "sanction",
                "designate",
                "bar",
                "keep",
                "condemn",
                "praise",
                "thank",
                "criticise",
                "criticize",
                "denounce",
                "rebuke",
                "fine",
                "punish",
                "arrest",
                "sentence",
                "jail",
                "prosecute",
                "commend",
                "hail",
                "quote",
                "cite",
            }:
                return conjuncts(objects[0])
            return subject(anchor, depth + 1)
        if anchor.pos_ in {"NOUN", "PROPN"}:
            if anchor.dep_ in {"dobj", "pobj", "attr"}:
                return [c for c in anchor.children if c.dep_ == "poss"] or governed_by(anchor, depth + 1)
            return [c for c in anchor.children if c.dep_ == "poss"]
        if anchor.pos_ == "ADJ":
            return subject(anchor.head, depth + 1)
    if dep == "amod" and (path := garden_path(verb)) is not None:
        return [path]
    if dep == "conj" and head.pos_ in {"NOUN", "PROPN"} and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return [path for c in head.children if c.dep_ == "amod" and (path := garden_path(c)) is not None]
    if dep == "acl":
        if verb.tag_ in {"VBD", "VBZ", "VBP"}:
            return (
                [head.head]
                if head.dep_ == "appos" and head.head.pos_ in {"NOUN", "PROPN"} and head.pos_ != "PROPN"
                else [head]
            )
        if verb.tag_ == "VBG":
            return [head]
        if verb.tag_ == "VBN":
            return [head] if passive(verb) else []
        own_poss = [c for c in head.children if c.dep_ == "poss"]
        if own_poss:
            return conjuncts(own_poss[0])
        of = [
            o
            for c in head.children
            if c.dep_ == "prep" and c.lower_ in {"of", "by"}
            for o in c.children
            if o.dep_ == "pobj"
        ]
        named = [
            c
            for c in head.children
            if c.dep_ in {"amod", "compound", "nmod"}
            and (c.pos_ == "PROPN" or (c.pos_ == "ADJ" and c.text[:1].isupper()))
        ]
        return of or named or governed_by(head, depth + 1)
    if dep == "relcl":
        rel = _relative_head(verb)
        return [rel] if rel is not None and verb.tag_ in {"VBG", "VB"} else []
    return []


def garden_path(verb: Token) -> Token | None:
    """As in "On each voyage the vessel loaded coal".

    A finite verb that the parser took for an adjective; gives its subject.
    """
    if verb.dep_ != "amod" or verb.tag_ not in {"VBN", "VBD"}:
        return None
    if verb.tag_ == "VBD" and verb.head.dep_ == "appos" and verb.head.head.i < verb.i:
        return verb.head.head
    return next(
        (
            c
            for c in verb.children
            if c.dep_ in {"npadvmod", "nsubj"}
            and c.pos_ in {"NOUN", "PROPN"}
            and (any(d.dep_ == "det" for d in c.children) or (c.i and c.doc[c.i - 1].pos_ == "DET"))
        ),
        None,
    )


def governed_by(noun: Token, depth: int = 0) -> list[Token]:
    """The subject of the verb under which a noun stands as object ("signed an agreement to supply")."""
    node = noun
    for _ in range(4):
        head = node.head
        if head.i == node.i:
            return []
        if head.pos_ in {"VERB", "AUX"} and node.dep_ in {"dobj", "prep", "attr", "xcomp", "oprd", "dative", "advcl"}:
            if passive(head):
                return [o for c in head.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
            return subject(head, depth + 1)
        if head.pos_ in {"VERB", "AUX"} and node.dep_ in {"nsubj", "nsubjpass"}:
            return (
                [o for c in head.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj"]
                if node.dep_ == "nsubjpass"
                else []
            )
        node = head
    return []


def _relative_head(verb: Token) -> Token | None:
    node = verb
    for _ in range(4):
        if node.dep_ == "relcl":
            return node.head
        if node.dep_ in {"conj", "xcomp", "ccomp", "advcl"}:
            node = node.head
            continue
        return None
    return None


def add(slots: Slots, name: str, tokens: list[Token]) -> None:
    """Put tokens into a slot, once each."""
    held = slots.setdefault(name, [])
    held.extend(t for t in tokens if all(t.i != h.i for h in held))


def _prepositions(slots: Slots, head: Token, depth: int = 0, *, weak: bool = False) -> None:
    for child in head.children:
        if (
            child.dep_ == "advmod"
            and child.lower_ in {"back", "on", "onward", "onwards", "over", "away", "directly", "out"}
            and depth < 2
        ):
            _prepositions(slots, child, depth + 1, weak=True)
        if (
            child.dep_ in _PREP
            or (child.dep_ == "prt" and child.lower_ in {"in", "on"} and any(True for _ in child.children))
            or (child.pos_ == "ADP" and child.dep_ in {"advmod", "pcomp"})
        ):
            name = child.lower_
            if child.dep_ == "dative" and child.pos_ not in {"ADP", "PART"} and child.tag_ not in {"IN", "TO"}:
                add(slots, "iobj", conjuncts(child))
                continue
            objects = [o for o in child.children if o.dep_ in {"pobj", "pcomp"}]
            # "met with Minister Han to coordinate": the infinitive of purpose took the object for its subject
            objects = [
                next((s for s in o.children if s.dep_ == "nsubj"), o)
                if o.dep_ == "pcomp"
                and o.tag_ == "VB"
                and any(c.lower_ == "to" and c.dep_ == "aux" for c in o.children)
                else o
                for o in objects
            ]
            for inner in child.children:
                if inner.dep_ == "prep":
                    held = [t for o in inner.children if o.dep_ == "pobj" for t in conjuncts(o)]
                    if objects and inner.lower_ in {"to", "into", "from"}:
                        add(slots, inner.lower_, held)
                    elif not objects:
                        objects.extend(held)
            objects = [t for o in objects if o.pos_ != "VERB" for t in conjuncts(o)]
            if objects and not (weak and name in slots):
                add(slots, name, objects)
            if depth < 3:
                for found in objects:
                    nested: Slots = {}
                    _prepositions(nested, found, depth + 1, weak=True)
                    for key, value in nested.items():
                        if (
                            key
                            in {
                                "to",
                                "from",
                                "into",
                                "with",
                                "between",
                                "for",
                                "against",
                                "by",
                                "since",
                                "near",
                                "alongside",
                                "at",
                            }
                            and key not in slots
                        ):
                            slots["~" + key] = value


def nominal(token: Token) -> bool:
    """True for a noun of happening, also where the tagger takes it for a verb ("its missile launches")."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return True
    if (
        token.tag_ == "VBG"
        and token.pos_ == "VERB"
        and not any(c.dep_ in {"dobj", "nsubj", "aux"} for c in token.children)
    ):
        return any(c.dep_ in {"compound", "nmod"} and c.i == token.i - 1 for c in token.children)
    return (
        token.pos_ == "VERB"
        and token.tag_ in {"VBZ", "VBP", "VB"}
        and any(
            c.dep_ in ({"poss", "det", "compound"} if token.dep_ != "dobj" else {"poss", "det"}) and c.i < token.i
            for c in token.children
        )
        and not any(c.dep_ in {"nsubj", "aux"} for c in token.children)
    )


def arguments(token: Token) -> Slots:
    """The slots of a verb or a noun of happening.

    A slot "~to" was found one level down and counts where no other is.
    """
    return _of_verb(token) if token.pos_ in {"VERB", "AUX"} and not nominal(token) else of_noun(token)


def _of_verb(verb: Token) -> Slots:
    slots: Slots = {}
    subjects = subject(verb)
    turned = passive(verb)
    objects = [c for c in verb.children if c.dep_ in {"dobj", "obj", "attr"}]
    if garden_path(verb) is not None:
        objects = [verb.head]
        _prepositions(slots, verb.head)
    if turned:
        add(slots, "obj", subjects)
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                add(slots, "subj", [t for o in child.children if o.dep_ == "pobj" for t in conjuncts(o)])
        for found in objects:
            add(slots, "obj2", conjuncts(found))
    else:
        add(slots, "subj", subjects)
        for found in objects:
            if found.lower_ in {"which", "that", "who", "whom", "what"}:
                head = _relative_head(verb)
                add(slots, "obj", [head] if head is not None else [])
            else:
                add(slots, "obj", conjuncts(found))
    if verb.dep_ == "relcl" and "obj" not in slots and not turned and subjects and subjects[0].i != verb.head.i:
        pronouns = [
            c for c in verb.subtree if c.lower_ in {"which", "whom"} and c.dep_ == "pobj" and c.head.head.i == verb.i
        ]
        if pronouns:
            add(slots, pronouns[0].head.lower_, [verb.head])
        elif not any(c.lower_ in {"where", "when"} for c in verb.children):
            add(slots, "obj", [verb.head])
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.subtree):
        add(slots, "where", [verb.head])
    _prepositions(slots, verb)
    if "obj" in slots:
        for found in list(slots["obj"]):
            own: Slots = {}
            _prepositions(own, found)
            for key, value in own.items():
                if key.lstrip("~") in {
                    "to",
                    "from",
                    "into",
                    "with",
                    "between",
                    "against",
                    "for",
                    "on",
                    "in",
                    "at",
                    "near",
                    "of",
                }:
                    slots.setdefault("~" + key.lstrip("~"), value)
    if not turned and "obj" not in slots:  # "transferring and testing missiles"
        later = [
            c
            for c in verb.children
            if c.dep_ == "conj" and c.pos_ == "VERB" and c.tag_ == verb.tag_ and c.i - verb.i <= 3
        ]
        for follower in later:
            add(slots, "obj", [t for c in follower.children if c.dep_ == "dobj" for t in conjuncts(c)])
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not turned:
        shared = [c for c in verb.children if c.dep_ in {"dobj", "prep"}]
        if not shared:
            objects = [c for c in verb.head.children if c.dep_ == "dobj" and c.i > verb.i]
            add(slots, "obj", [t for o in objects for t in conjuncts(o)])
    return {k: v for k, v in slots.items() if v}


def of_noun(noun: Token) -> Slots:
    """The slots of a noun of happening.

    Possessor and adjective of State act, "of" is acted upon, a compound may be either.
    """
    slots: Slots = {}
    heads = [noun]
    if noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        heads.append(noun.head)
    for n, head in enumerate(heads):
        for child in head.children:
            if child.dep_ == "poss" and not (n and "subj" in slots):
                add(slots, "subj", conjuncts(child))
            elif child.dep_ in {"compound", "amod", "nmod"} and n == 0:
                add(slots, "modifier", [child])
            elif child.dep_ in {"compound", "amod", "nmod"} and head.i > noun.i:
                add(slots, "~modifier", [child])
        if n == 0:
            _prepositions(slots, head)
        else:
            own: Slots = {}
            _prepositions(own, head)
            for key, value in own.items():
                if key.lstrip("~") not in slots:
                    slots.setdefault("~" + key.lstrip("~"), value)
    last = [c for c in noun.children if c.dep_ == "conj"]
    for follower in last:  # "exchanges and transfers between A and B": the row shares what hangs on its last member
        own = {}
        _prepositions(own, follower)
        for key, value in own.items():
            if key.lstrip("~") != "of":
                slots.setdefault("~" + key.lstrip("~"), value)
    if noun.dep_ in {"dobj", "pobj", "nsubjpass", "attr", "conj"}:
        anchor = noun.head if noun.dep_ == "conj" else noun
        verb = anchor.head if anchor.dep_ != "pobj" else anchor.head.head
        if (
            anchor.dep_ == "pobj"
            and anchor.head.lower_ == "in"
            and verb.pos_ in {"NOUN", "NUM", "SYM"}
            and verb.dep_ == "dobj"
        ):
            verb = verb.head  # "provided $40 billion in security assistance"
        if (
            verb.pos_ == "VERB"
            and anchor.dep_ in {"dobj", "nsubjpass", "pobj"}
            and not (anchor.dep_ == "pobj" and anchor.head.lower_ not in {"in", "of", "with"})
        ):
            bound = all(t.tag_ == "PRP$" and t.head.i == noun.i for t in slots.get("subj", [])) and "subj" in slots
            if bound and verb.lemma_.lower() in LIGHT and anchor.dep_ == "dobj" and governed_by(anchor):
                slots.pop("subj")
            if "subj" not in slots and verb.lemma_.lower() in LIGHT:
                add(slots, "subj", governed_by(anchor))
            own = {}
            _prepositions(own, verb)
            if verb.lemma_.lower() in LIGHT | PERCEIVE:
                for key, value in own.items():
                    slots.setdefault("~" + key.lstrip("~"), [t for t in value if t.i != noun.i])
    if noun.dep_ in {"dobj", "nsubjpass"} and noun.head.pos_ == "VERB":
        own = {}
        _prepositions(own, noun.head)
        if "at" in own:
            slots.setdefault("~at", own["at"])
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB" and not passive(noun.head.head):
        own = {}
        _prepositions(own, noun.head.head)
        if "by" in own and all(t.i > noun.i for t in own["by"]):
            slots.setdefault("~subj", own["by"])  # "warned of laundering by X": the warner does not act "by" anybody
    if noun.dep_ == "pobj" and noun.head.lower_ in {"on", "aboard"} and noun.head.head.pos_ in {"NOUN", "VERB"}:
        for anchor in (noun.head.head, noun.head.head.head):
            own = {}
            _prepositions(own, anchor)
            for key in ("to", "from", "between"):
                if key in own and all(t.i != noun.i for t in own[key]):
                    slots.setdefault("~" + key, own[key])
    if noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.pos_ in {"VERB", "AUX"}:
        own = {}
        _prepositions(own, noun.head)
        for key in ("to", "between", "with", "from", "in", "at"):
            if key in own:
                slots.setdefault("~" + key, own[key])
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB":
            own = {}
            _prepositions(own, child)
            if child.tag_ == "VBG" and child.lemma_.lower() in {"involve", "target", "sink", "include", "hit"}:
                add(slots, child.lemma_.lower(), [t for c in child.children if c.dep_ == "dobj" for t in conjuncts(c)])
            if child.tag_ == "VBN" and child.lemma_.lower() in {
                "conduct",
                "carry",
                "make",
                "hold",
                "commit",
                "stage",
                "launch",
                "use",
                "employ",
                "adopt",
                "practise",
                "practice",
                "pursue",
                "run",
            }:
                for key, value in own.items():
                    slots.setdefault("subj" if key == "by" else "~" + key.lstrip("~"), value)
    if "by" in slots:
        add(slots, "subj", slots["by"])
    if "subj" not in slots and (owner := _owner_left(noun)) is not None:
        add(slots, "~subj", [owner])
    return {k: v for k, v in slots.items() if v}


def _owner_left(noun: Token) -> Token | None:
    """The possessor of the row in which a noun stands.

    "its February 7 launch", "its actions, including the procurement of".
    """
    for i in range(noun.i - 1, max(noun.sent.start - 1, noun.i - 9), -1):
        word = noun.doc[i]
        if word.tag_ == "PRP$":
            return word
        if (word.pos_ in {"VERB", "ADP", "AUX", "CCONJ"} and word.lower_ != "including") or word.text == ";":
            break
    node = noun
    for _ in range(5):
        if node.dep_ not in {"pobj", "conj", "appos", "prep", "dobj", "pcomp"} or (
            node.dep_ == "prep" and node.lower_ not in {"including", "of", "such", "like", "as"}
        ):
            return None
        node = node.head
        if node.pos_ in {"NOUN", "PROPN"}:
            owner = next((c for c in node.children if c.dep_ == "poss"), None)
            if owner is not None:
                return owner
        elif node.pos_ == "VERB" and node.lower_ != "including":
            return None
    return None


def slot(slots: Slots, name: str) -> list[Token]:
    """What fills a slot, near before far."""
    return slots.get(name) or slots.get("~" + name) or []


def phrase(token: Token) -> tuple[int, int]:
    """First and last token of the noun phrase around a head, without clauses, prepositions and what is coordinated."""
    left = token.i
    right = token.i
    for child in token.children:
        if child.i < token.i and child.dep_ in {
            "det",
            "amod",
            "compound",
            "nummod",
            "poss",
            "nmod",
            "quantmod",
            "predet",
            "advmod",
            "punct",
        }:
            low = child.left_edge.i
            if child.dep_ == "punct" and child.text not in {"-", '"'}:
                continue
            left = min(left, low)
    while token.doc[left].is_space or (token.doc[left].is_punct and token.doc[left].text != '"' and left < token.i):
        left += 1
    return left, right


def clause_of(token: Token) -> Token:
    """The verb of the clause in which a token stands."""
    node = token
    while node.head.i != node.i and node.pos_ not in {"VERB", "AUX"}:
        node = node.head
    return node
