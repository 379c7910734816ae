"""A parser in a process of its own, with limits that it cannot pass: wall-clock time, processor time, memory.

A hostile file may make a parser loop or eat memory; no check inside the parser is sure to be reached. The child gets
the bytes on stdin, answers with JSON on stdout, and is killed when its time is over.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import Any

from observance.errors import FormatError, LimitError, ObservanceError, UnsupportedError
from observance.evidence.readers.limits import Limits

__all__ = ["answer", "ask_child", "restrict"]

WALL = 4.0
_KINDS: dict[str, type[ObservanceError]] = {
    "FormatError": FormatError,
    "LimitError": LimitError,
    "UnsupportedError": UnsupportedError,
}


def ask_child(module: str, data: bytes, *, name: str, limits: Limits, options: tuple[str, ...] = ()) -> dict[str, Any]:
    """Run `python -m module` on the bytes and return its JSON answer.

    Raises:
        LimitError: it took longer or needed more memory than the limits allow.
        FormatError: it failed on the bytes.
    """
    command = [
        sys.executable,
        "-I",
        "-m",
        module,
        name,
        str(limits.seconds),
        str(limits.memory),
        str(limits.max_pages),
        str(limits.max_text),
        *options,
    ]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds * WALL + 1.0, check=False
        )
    except subprocess.TimeoutExpired:
        raise LimitError(
            "reading took too long",
            where=name,
            got=f"more than {limits.seconds * WALL:g} s",
            expected=f"at most {limits.seconds:g} s of processor time",
            step="split the file, or raise the limit if you trust it",
        ) from None
    if done.returncode == 0:
        try:
            answer: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            answer = {}
        if "error" in answer:
            fault = answer["error"]
            kind = _KINDS.get(fault["kind"], FormatError)
            where, got, expected, step = (str(fault.get(key, "")) for key in ("where", "got", "expected", "step"))
            raise kind(str(fault["what"]), where=where, got=got, expected=expected, step=step)
        if answer:
            return answer
    if done.returncode in {-9, -24, -11} or b"MemoryError" in done.stderr:
        raise LimitError(
            "reading needed more than the limits allow",
            where=name,
            got="a parser stopped by the system",
            expected=f"at most {limits.seconds:g} s and {limits.memory // 2**20} MiB",
            step="split the file, or print it to a new PDF",
        )
    tail = done.stderr.decode("utf-8", errors="replace").strip().splitlines()[-1:] or ["no answer"]
    raise FormatError(
        "the file does not read",
        where=name,
        got=tail[0][:200],
        expected="a sound file",
        step="get it again, or print it to a new PDF",
    )


def restrict(seconds: float, memory: int) -> None:
    """Limit this process (the child) where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the wall-clock limit of the parent remains
        return
    for kind, amount in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, math.ceil(seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def answer(value: dict[str, Any] | ObservanceError) -> None:
    """Write the answer of the child."""
    if isinstance(value, ObservanceError):
        value = {
            "error": {
                "kind": type(value).__name__,
                "what": value.what,
                "where": value.where,
                "got": value.got,
                "expected": value.expected,
                "step": value.step,
            }
        }
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=True).encode())
    sys.stdout.buffer.flush()
