"""What a model may answer: bounded strings and terms of the vocabulary, nothing else.

The schema that is sent asks for verbatim words only: no offsets, no computed numbers. An answer that carries a `value`
all the same is taken and held against the words (`verify`). Anything that does not fit is a fault of the answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from observance.packs import load_vocabulary

__all__ = ["Proposal", "Reply", "ReplyFault", "parse_reply", "reply_schema"]

LONGEST_QUOTE = 600
LONGEST_WORDS = 160
MOST_CLAIMS = 24
MOST_FIELDS = 12

Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORDS)]
Quote = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUOTE)]
TermId = Annotated[str, StringConstraints(max_length=60)]


class ReplyFault(Exception):  # noqa: N818  a fault of an answer, kept as data and never shown as a traceback
    """An answer that cannot be taken, with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedParty:
    """A participant: its role and the words that name it."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    role: TermId
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedItem:
    """An item: term and words."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    item: TermId
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedQuantity:
    """An amount: words with number and unit, and its role. `value` is not asked for."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    words: Words
    role: TermId = "event"
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDate:
    """A time: its words. `value` is not asked for."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    words: Words
    value: Annotated[str, StringConstraints(max_length=40)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSource:
    """A link of the chain, speaker first: the words that name it and the word of saying."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    words: Words
    cue: Annotated[str, StringConstraints(max_length=LONGEST_WORDS)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A claim as a model proposes it."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    event: TermId
    modality: TermId
    quote: Quote
    trigger: Words
    participants: Annotated[tuple[ProposedParty, ...], Field(max_length=MOST_FIELDS)] = ()
    items: Annotated[tuple[ProposedItem, ...], Field(max_length=MOST_FIELDS)] = ()
    quantities: Annotated[tuple[ProposedQuantity, ...], Field(max_length=MOST_FIELDS)] = ()
    dates: Annotated[tuple[ProposedDate, ...], Field(max_length=MOST_FIELDS)] = ()
    sources: Annotated[tuple[ProposedSource, ...], Field(max_length=MOST_FIELDS)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """All claims of a paragraph."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    claims: Annotated[tuple[Proposal, ...], Field(max_length=MOST_CLAIMS)]


def parse_reply(text: str) -> Reply:
    """The reply of a model.

    Raises:
        ReplyFault: no JSON, or not of the form that was asked for.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ReplyFault(f"the answer is no JSON: {str(fault)[:80]}") from None
    try:
        return TypeAdapter(Reply).validate_python(plain)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReplyFault(f"the answer has not the form asked for: {where}: {first['msg']}") from None


def reply_schema() -> dict[str, Any]:
    """The JSON schema that is sent with each question."""
    words = load_vocabulary()
    roles, items = sorted(words.terms["roles"]), sorted(words.terms["items"])
    amounts = sorted(words.terms["quantity_roles"])

    def text(longest: int) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": longest}

    def listed(**properties: dict[str, Any]) -> dict[str, Any]:
        return {"type": "array", "maxItems": MOST_FIELDS, "items": _object(properties)}

    claim = _object(
        {
            "event": {"type": "string", "enum": sorted(words.terms["event_types"])},
            "modality": {"type": "string", "enum": list(words.modality)},
            "quote": text(LONGEST_QUOTE),
            "trigger": text(LONGEST_WORDS),
            "participants": listed(role={"type": "string", "enum": roles}, words=text(LONGEST_WORDS)),
            "items": listed(item={"type": "string", "enum": items}, words=text(LONGEST_WORDS)),
            "quantities": listed(words=text(LONGEST_WORDS), role={"type": "string", "enum": amounts}),
            "dates": listed(words=text(LONGEST_WORDS)),
            "sources": listed(words=text(LONGEST_WORDS), cue={"type": "string", "maxLength": LONGEST_WORDS}),
        }
    )
    return _object({"claims": {"type": "array", "maxItems": MOST_CLAIMS, "items": claim}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
