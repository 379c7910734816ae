"""The tree of errors. Each says what went wrong, where, what was got, what was expected and the next step.

ObservanceError
├── UsageError          the command or call is not one we know (exit 2)
├── InputError          something given is not what it should be
│   ├── FormatError       a document, list, table or track that does not read
│   ├── LimitError        larger, deeper or longer than the stated limit
│   └── PackError         a regime pack with faults (all of them at once, in `faults`)
├── StoreError          the workspace cannot do it: no rights, no room, wrong version, locked
├── IntegrityError      bytes differ from what was recorded
├── UnsupportedError    a part that is not installed (names the extra) or not there (names the tool)
└── ReportError         a sentence that rests on nothing
"""

from __future__ import annotations

__all__ = [
    "FormatError",
    "InputError",
    "IntegrityError",
    "LimitError",
    "ObservanceError",
    "PackError",
    "ReportError",
    "StoreError",
    "UnsupportedError",
    "UsageError",
]


class ObservanceError(Exception):
    """A fault told so that the reader knows what to do next.

    Args:
        what: what went wrong, in one clause.
        where: file, line, row or offset.
        got: what was found.
        expected: what should have been there.
        step: what to do next.
        faults: single faults, where several were found at once.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        got: str = "",
        expected: str = "",
        step: str = "",
        faults: tuple[str, ...] = (),
    ) -> None:
        """Keep the parts apart; `str()` joins them into two lines."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.got = got
        self.expected = expected
        self.step = step
        self.faults = faults

    def __str__(self) -> str:
        first = f"{self.where}: {self.what}" if self.where else self.what
        detail = "; ".join(
            part
            for part in (
                f"got {self.got}" if self.got else "",
                f"expected {self.expected}" if self.expected else "",
                self.step,
            )
            if part
        )
        lines = [first, *([detail] if detail else []), *(f"  - {fault}" for fault in self.faults)]
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders from worker pools; the default loses keyword arguments.
        return (_rebuild, (type(self), self.what, self.where, self.got, self.expected, self.step, self.faults))

    def document(self) -> dict[str, object]:
        """The fault as a problem document (RFC 9457), for `--json` and the API."""
        return {
            "type": f"urn:observance:error:{type(self).__name__}",
            "title": self.what,
            "where": self.where,
            "got": self.got,
            "expected": self.expected,
            "next": self.step,
            "faults": list(self.faults),
        }


def _rebuild(
    kind: type[ObservanceError], what: str, where: str, got: str, expected: str, step: str, faults: tuple[str, ...]
) -> ObservanceError:
    return kind(what, where=where, got=got, expected=expected, step=step, faults=faults)


class UsageError(ObservanceError):
    """The command or call is not one we know."""

    exit_code = 2


class InputError(ObservanceError):
    """Something given is not what it should be."""


class FormatError(InputError):
    """A document, list, table or track that does not read."""


class LimitError(InputError):
    """Larger, deeper or longer than the stated limit."""


class PackError(InputError):
    """A regime pack with faults; `faults` holds all of them."""


class StoreError(ObservanceError):
    """The workspace cannot do it: no rights, no room, wrong version, locked."""


class IntegrityError(ObservanceError):
    """Bytes differ from what was recorded."""


class UnsupportedError(ObservanceError):
    """A part that is not installed, or a tool that is not on this machine."""


class ReportError(ObservanceError):
    """A sentence that rests on nothing."""
