"""Shorthand for the tests of the reader."""

from observance.observations.claims.reader import read
from observance.observations.claims.record import Claim, Page


def claims(text: str, *, publisher: str = "Test Post", published: str = "2025-03-12", **more: str) -> tuple[Claim, ...]:
    """The claims of a text."""
    return read(Page(text=text, publisher=publisher, published=published, **more))


def speakers(claim: Claim) -> list[str]:
    """The chain without the publisher, from the publisher inwards."""
    return [source.name for source in claim.chain if not source.publisher]


def who(claim: Claim, role: str) -> set[str]:
    """Names and codes of the parties in a role."""
    return {x for p in claim.participants if p.role == role for x in (p.name, p.code) if x}
