"""Amounts as written: number, unit, approximator, role, span.

The number always stands in the span; nothing is computed but the scale word ("5mn", "1.2 million"). A capacity ("can
hold"), a limit ("a 500,000-barrel cap"), a rate ("a year", "per cent") and an attribute of size ("a 5,000-ton
tanker") are never the amount of the event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observance.observations.claims.lexicon import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
_TABLE = table("units.yaml")
_SCALE = {word: float(value) for word, value in _TABLE["scales"].items()}
_WORD = "|".join(sorted(_WORDS, key=lambda w: -len(w)))
_FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:(?:{_WORD})(?:-(?:{_WORD}))?)\b|half\ an?\b)"
_SCALES = r"(?:[\ -]?(?:hundred|thousand|million|billion|trillion|mn|bn|tn|dozen)\b|(?<=\d)[mk]\b)"
_APPROX = {word: term for term, words in _TABLE["approximators"].items() for word in words}
_A = "|".join(re.escape(w) for w in sorted(_APPROX, key=lambda w: -len(w)))
_CURRENCY: dict[str, str] = dict(_TABLE["currencies"])
_C = "|".join(re.escape(w) for w in sorted(_CURRENCY, key=lambda w: -len(w)))
_FOUND = re.compile(
    rf"""(?:\b(?P<approx>{_A})\ )?
    (?:(?:a\ (?:total|further|record|combined)\ (?:of\ )?)|(?:another\ )|(?:an?\ additional\ ))?
    (?:(?P<range>between\ |from\ )?(?P<cur>{_C})?\s?(?P<low>(?<![\w.,:/\u00b0\u2032]){_FIGURE})(?P<lows>{_SCALES})?
      (?:\ (?P<join>and|to|or)\ |(?P<dash>-))(?:{_C})?(?P<high>{_FIGURE})(?P<highs>{_SCALES})?(?=[\ %])
    |(?:(?P<cur1>{_C})\s?)?(?P<one>(?<![\w.,:/#\u00b0\u2032]){_FIGURE})(?P<scale>{_SCALES})?(?P<scale2>{_SCALES})?)""",
    re.VERBOSE | re.IGNORECASE,
)
_MAGNITUDE = re.compile(
    r"\b(?P<mag>(?:tens|hundreds|dozens|scores|thousands|millions|billions)"
    r"(?:\ of\ (?:thousands|millions|billions))?)\ of\ (?=\w)"
    r"|\b(?P<mag2>several\ (?:dozen|hundred|thousand|million))\ (?=\w)",
    re.VERBOSE | re.IGNORECASE,
)
_MAG = {
    "tens": 10.0,
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
}
_PERIOD = re.compile(
    r"^(?:\ of\ \w+)?\s?(?:,\s)?(?:(?P<per>an?|per|each|every)\ "
    r"(?P<p>year|month|week|day|hour|person|worker|head|ton|tonne|barrel)\b"
    r"|/(?P<p3>year|month|day|week)|(?P<ly>annually|yearly|monthly|daily|weekly)\b)",
    re.IGNORECASE,
)
_LY = {"annually": "year", "yearly": "year", "monthly": "month", "daily": "day", "weekly": "week"}
_LIMIT = re.compile(rf"\b(?:{'|'.join(_TABLE['limits'])})\b", re.IGNORECASE)
_HOLD = frozenset(_TABLE["holds"])
_TIME_UNITS = frozenset(_TABLE["times"])
_SIZE_UNITS = frozenset(_TABLE["sizes"])
_NOT_COUNTED = frozenset(_TABLE["not_counted"])
_NAMES: dict[str, str] = dict(_TABLE["unit_names"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount at `[start, end)` of the parsed text.

    `head` is the index of the token to which it belongs in the tree.
    """

    start: int
    end: int
    value: float | tuple[float, float] | None
    unit: str
    approximator: str
    role: str
    head: int
    magnitude: float | None = None
    unit_known: bool = True


def number(text: str) -> float:
    """The number that a figure or a word of number stands for."""
    low = text.lower().strip()
    if low.startswith("half a"):
        return 0.5
    if low[0].isdigit():
        return float(low.replace(",", ""))
    return float(sum(_WORDS[part] for part in low.split("-")))


def _scale(*words: str | None) -> float:
    out = 1.0
    for word in words:
        if word:
            out *= _SCALE[word.strip(" -").lower()]
    return out


def amounts(doc: Doc, text: str, taken: list[tuple[int, int]]) -> list[Amount]:
    """All amounts of a paragraph. `taken` are stretches already read as dates; numbers in them are no amounts."""
    out: list[Amount] = []
    at: dict[int, int] = {}
    for token in doc:
        for i in range(token.idx, token.idx + len(token)):
            at[i] = token.i
    for found in _MAGNITUDE.finditer(text):
        words = (found["mag"] or found["mag2"]).lower().split()
        value = 1.0
        for word in words:
            value *= _MAG.get(word, 1.0)
        counted = _unit_token(doc, at.get(found.end(), -1))
        if counted is None or counted.lemma_.lower() in _TIME_UNITS:
            continue
        end = counted.idx + len(counted)
        unit, role = _unit(counted), "event"
        period = _PERIOD.match(text[end : end + 24])
        before = text[max(0, found.start() - 40) : found.start()].lower()
        if period or re.search(r"\bannual\b", before):
            role = "rate"
            unit = f"{unit}/{_period(period) if period else 'year'}"
        out.append(
            Amount(
                start=found.start(),
                end=end,
                value=None,
                unit=unit,
                approximator="order_of",
                role=role,
                head=counted.i,
                magnitude=value,
            )
        )
    for found in _FOUND.finditer(text):
        made = _amount(found, doc, text, at, taken)
        if made and not any(a.start < made.end and made.start < a.end for a in out):
            out.append(made)
    return sorted(out, key=lambda a: a.start)


def _period(found: re.Match[str]) -> str:
    return (found["p"] or found["p3"] or _LY[(found["ly"] or "annually").lower()]).lower()


def _amount(
    found: re.Match[str], doc: Doc, text: str, at: dict[int, int], taken: list[tuple[int, int]]
) -> Amount | None:
    figure = "low" if found["low"] else "one"
    start, end = found.start(), found.end()
    if any(s < found.end() and found.start(figure) < e for s, e in taken):
        return None
    index = at.get(found.start(figure), -1)
    if index < 0:
        return None
    first = doc[index]
    before = doc[index - 1] if index else None
    after = text[end : end + 2]
    currency = found["cur"] or found["cur1"]
    approx = _APPROX.get((found["approx"] or "").lower(), "exact")
    lone = not found["approx"] and not found["scale"] and not found["low"]
    if after[:1] in {"\u00b0", "\u2032", "'"} and not after[1:2].isalpha():
        return None
    if after[:1].isalpha() and not re.match(r"(?:mm|kg|km|t)\b", text[end : end + 3]):
        return None
    if (
        not currency
        and lone
        and before is not None
        and (before.lemma_.lower().strip(".") in _NOT_COUNTED or before.text in {"#", "-", "/", ":"})
    ):
        return None
    if (
        not currency
        and lone
        and before is not None
        and before.pos_ == "PROPN"
        and index
        and before.text != "%"
        and not found["one"][:1].isalpha()
    ):
        return None
    row = lone and before is not None and index > 2 and before.lower_ in {"and", "or", ","}
    if row and doc[index - 2].like_num and doc[index - 3].lemma_.lower().strip(".").rstrip("s") in _NOT_COUNTED:
        return None  # "resolutions 1718 and 1874"
    if (
        lone
        and found["one"].lower() == "one"
        and before is not None
        and before.lower_ in {"the", "no", "any", "which", "this", "that", "every"}
    ):
        return None
    if lone and found["one"].lower() == "one" and (first.pos_ == "PRON" or first.dep_ != "nummod"):
        return None
    value: float | tuple[float, float]
    if found["low"]:
        shared = found["lows"] or found["highs"]
        if (found["dash"] or found["join"] == "or") and not found["low"][0].isdigit():
            return None
        value = (number(found["low"]) * _scale(shared), number(found["high"]) * _scale(found["highs"]))
        if value[0] >= value[1] or (found["join"] == "and" and not found["range"]):
            return None
        approx = "between"
    else:
        value = number(found["one"]) * _scale(found["scale"], found["scale2"])
    # ---- unit
    if currency:
        unit_text, head = _CURRENCY[currency.upper()], index
        unit = unit_text
        token = first
    elif after[:1] == "%" or re.match(r"\s?per ?cents?\b", text[end : end + 10], re.IGNORECASE):
        grown = re.match(r"\s?(?:%|per ?cents?\b)", text[end : end + 10], re.IGNORECASE)
        end += grown.end() if grown else 1
        return Amount(
            start=start,
            end=end,
            value=value,
            unit="percent",
            approximator=approx,
            role="rate",
            head=at.get(end - 1, index),
        )
    else:
        last = at.get(end - 1, index)
        hyphen = text[end : end + 1] == "-"
        counted = doc[last].head
        token_or_none: Token | None
        if (
            not hyphen
            and doc[last].dep_ == "nummod"
            and counted.pos_ in {"NOUN", "PROPN"}
            and 0 < counted.i - last <= 9
            and counted.tag_ in {"NNS", "NNPS"}
        ):
            token_or_none = counted
        else:
            token_or_none = _unit_token(doc, last + 1, of=True) if not hyphen else _hyphen_unit(doc, last)
        following = doc[last + 1] if last + 1 < len(doc) else None
        if (
            lone
            and not hyphen
            and following is not None
            and following.tag_ == "NNP"
            and following.text[:1].isupper()
            and doc[index - 1].lower_ == "the"
        ):
            return None  # "the 1718 Committee"
        if token_or_none is None and re.match(r" of (?:them|these|those|which)\b", text[end : end + 12]):
            return Amount(
                start=start,
                end=end,
                value=value,
                unit=doc[last].head.lemma_.lower() if doc[last].dep_ == "appos" else "",
                approximator=approx,
                role="event",
                head=last,
                unit_known=doc[last].dep_ == "appos",
            )
        if token_or_none is None:
            if not (found["approx"] or (value is not None and isinstance(value, float) and value >= 1000)):
                return None
            return Amount(
                start=start,
                end=end,
                value=value,
                unit="",
                approximator=approx,
                role=_role(first, doc, text, start, end, ""),
                head=last,
                unit_known=False,
            )
        token, head = token_or_none, token_or_none.i
        if token.pos_ == "PRON" or re.match(r" of (?:them|these|those)\b", text[end : end + 12]):
            return Amount(
                start=start,
                end=end,
                value=value,
                unit=doc[last].head.lemma_.lower() if doc[last].dep_ == "appos" else "",
                approximator=approx,
                role="event",
                head=last,
                unit_known=doc[last].dep_ == "appos",
            )
        if before is not None and before.lower_ == "the" and token.tag_ == "NNPS":
            return None  # "the two Koreas"
        unit = _unit(token)
        end = max(end, token.idx + len(token))
        if hyphen:
            whole = text[start : end + 30].lower()
            if unit in _TIME_UNITS or unit in _SIZE_UNITS:
                return None
            role = "limit" if re.search(r"\b(?:cap|limit|ceiling|quota)\b", whole) else "attribute"
            return Amount(start=start, end=end, value=value, unit=unit, approximator=approx, role=role, head=head)
    if unit in _TIME_UNITS or unit in _SIZE_UNITS:
        return None
    period = _PERIOD.match(text[end : end + 30])
    role = _role(token, doc, text, start, end, unit)
    if period and role != "capacity":
        unit = f"{unit}/{_period(period)}"
        end += period.end()
        role = "rate" if role == "event" else role
    return Amount(start=start, end=end, value=value, unit=unit, approximator=approx, role=role, head=head)


def _hyphen_unit(doc: Doc, last: int) -> Token | None:
    for i in range(last + 1, min(len(doc), last + 4)):
        if doc[i].text != "-" and doc[i].pos_ in {"NOUN", "PROPN", "ADJ"}:
            return doc[i]
    return None


def _unit_token(doc: Doc, index: int, *, of: bool = False) -> Token | None:
    """The head noun of what is counted: "nearly 5mn artillery shells" -> shells; "23 million dollars" -> dollars."""
    best: Token | None = None
    for i in range(max(index, 0), min(len(doc), index + 7)):
        token = doc[i]
        if token.text == "of" and i == index and of:
            continue
        if token.pos_ in {"NOUN", "PROPN"} or (token.pos_ == "ADJ" and token.tag_ == "NNS"):
            best = token
            if token.tag_ in {"NNS", "NNPS"} and not (i + 1 < len(doc) and doc[i + 1].tag_ == "NNS"):
                break
        elif token.pos_ in {"ADJ", "NUM", "PUNCT", "DET", "VERB", "ADV"} or token.tag_ in {
            "VBN",
            "VBG",
            "JJ",
            "HYPH",
            "POS",
        }:
            if best is not None and token.text not in {"-", "'s", "'"} and token.tag_ != "POS":
                break
            if token.pos_ == "PUNCT" and token.text not in {"-", '"'}:
                break
            if token.pos_ == "VERB" and token.tag_ not in {"VBN", "VBG"}:
                break
        elif token.pos_ == "CCONJ" and best is None:
            continue
        elif token.pos_ == "CCONJ" and best is not None and best.pos_ == "PROPN":
            # "30 White House and State Department officials": names in a row before the noun that is counted
            ahead = next(
                (t for t in doc[i + 1 : i + 5] if t.tag_ == "NNS" or t.pos_ not in {"PROPN", "NOUN", "ADJ"}), None
            )
            return ahead if ahead is not None and ahead.tag_ == "NNS" else best
        else:
            break
    return best


def _unit(token: Token) -> str:
    word = token.lemma_.lower() if token.tag_ in {"NNS", "NNPS", "NN"} else token.text.lower()
    if word.endswith("s") and token.tag_ == "NNPS":
        word = word[:-1]
    return _NAMES.get(word, word)


def _role(token: Token, doc: Doc, text: str, start: int, end: int, unit: str) -> str:  # noqa: ARG001  one shape for all callers
    window = text[max(0, start - 60) : start]
    clause = re.split(r"[.;:]|\bbut\b|, (?:and|which|who)\b", window)[-1]
    if _LIMIT.search(clause) or re.match(r"[\w -]{0,12}(?:cap|limit|ceiling|quota)\b", text[end : end + 20]):
        return "limit"
    if re.search(r"\bcapacity\b", clause + text[end : end + 25]):
        return "capacity"
    node = token
    for _ in range(6):
        if node.pos_ in {"VERB", "AUX"} and node.lemma_.lower() in _HOLD:
            modal = any(c.dep_ == "aux" and c.lower_ in {"can", "could", "may", "might"} for c in node.children)
            able = node.head.lemma_.lower() in {"able", "capable", "enough", "design"}
            return "capacity" if modal or able or (node.tag_ == "VBG" and node.head.lower_ == "of") else "event"
        if node.head.i == node.i or node.dep_ in {"relcl", "advcl"}:
            break
        node = node.head
    return "event"
