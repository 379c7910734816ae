"""Claims in texts: who says what of whom, how certainly, how much, when. `read` is the rules reader."""

from observance.observations.claims.record import Block, Claim, Page

__all__ = ["Block", "Claim", "Page"]
