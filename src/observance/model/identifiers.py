"""Identifiers as their own types: a value that exists is well formed.

A valid check digit proves nothing about which ship is meant; it only rules out a slip.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Identifier", "Imo", "ImoCompany", "MeasureId", "Mmsi", "Sha256"]


class _Checked(str):
    """A string that is checked when it is made; subclasses give the pattern and may check further."""

    __slots__ = ()
    pattern: ClassVar[re.Pattern[str]]
    shape: ClassVar[str]

    def __new__(cls, value: str) -> Self:
        if not cls.pattern.fullmatch(value):
            raise ValueError(f"{value!r} is not {cls.shape}")
        cls.check(value)
        return super().__new__(cls, value)

    @classmethod
    def check(cls, value: str) -> None:
        """Raise ValueError where the pattern fits and the value still is wrong."""

    @classmethod
    def valid(cls, value: str) -> bool:
        """Whether the text is a well-formed value of this type."""
        try:
            cls(value)
        except ValueError:
            return False
        return True

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.str_schema(pattern=f"^(?:{cls.pattern.pattern})$", strict=False),
            serialization=core_schema.to_string_ser_schema(),
        )


class Sha256(_Checked):
    """SHA-256 of bytes: 64 lower-case hex digits (FIPS 180-4)."""

    __slots__ = ()
    pattern = re.compile(r"[0-9a-f]{64}")
    shape = "a SHA-256 in lower-case hex"


class Imo(_Checked):
    """IMO ship number: seven digits, sum(d_i x 7..2) mod 10 equals the last (IMO Resolution A.1117(30))."""

    __slots__ = ()
    pattern = re.compile(r"[0-9]{7}")
    shape = "a seven-digit IMO ship number"

    @classmethod
    def check(cls, value: str) -> None:
        """Apply the ship rule; company numbers follow another one."""
        total = sum(int(digit) * weight for digit, weight in zip(value, range(7, 1, -1), strict=False))
        if total % 10 != int(value[6]):
            raise ValueError(f"{value!r} fails the check digit of IMO ship numbers (expected {total % 10} at the end)")


class ImoCompany(_Checked):
    """IMO company or registered-owner number: seven digits, weights 8 6 4 2 9 7, (11 - sum mod 11) mod 10."""

    __slots__ = ()
    pattern = re.compile(r"[0-9]{7}")
    shape = "a seven-digit IMO company number"

    @classmethod
    def check(cls, value: str) -> None:
        """Apply the company rule; ship numbers follow another one."""
        total = sum(int(digit) * weight for digit, weight in zip(value, (8, 6, 4, 2, 9, 7), strict=False))
        if (11 - total % 11) % 10 != int(value[6]):
            raise ValueError(f"{value!r} fails the check digit of IMO company numbers")


class Mmsi(_Checked):
    """Maritime Mobile Service Identity: nine digits (ITU-R M.585)."""

    __slots__ = ()
    pattern = re.compile(r"[0-9]{9}")
    shape = "a nine-digit MMSI"


class MeasureId(_Checked):
    """`resolution:paragraph`, with `#word` where one paragraph holds two rules, for example `1718:8(a)(ii)`."""

    __slots__ = ()
    pattern = re.compile(r"[0-9]{1,5}:[0-9A-Za-z().]+(?:#[a-z0-9_-]+)?")
    shape = "a measure id such as 2375:11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number or code by which somebody is known, for example scheme `imo`, value `8916580`.

    Attributes:
        scheme: imo, imo-company, mmsi, callsign, passport, national-id, tax, registry, un-reference and so on.
        value: as written, blanks at the ends removed.
    """

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
