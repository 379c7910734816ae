"""An alignment told so that a person can check it."""

from __future__ import annotations

from observance.observations.matches import korean
from observance.observations.matches.align import Pairing
from observance.observations.matches.forms import Form
from observance.observations.matches.records import Aligned

__all__ = ["explain"]


def explain(q: Form, n: Form, pairs: list[Pairing], rule: str) -> tuple[Aligned, ...]:
    """The alignment as a person reads it, in the order of the query, then what is left over on either side."""
    if rule.startswith("Korean") and q.korean and n.korean:
        found = korean.agreement(q.korean, n.korean)
        if found:
            return _explain_korean(found[1], found[2])
    out: list[Aligned] = []
    for left, right, like, why in sorted(pairs):
        asked, listed = " ".join(q.written[i] for i in left), " ".join(n.written[j] for j in right)
        reason = why
        if why == "equal" and asked != listed:
            reason = (
                next((q.why[i] for i in left if q.why[i]), "")
                or next((n.why[j] for j in right if n.why[j]), "")
                or "spelling"
            )
        out.append(Aligned(asked=asked, listed=listed, why=reason, likeness=round(like, 3)))
    taken_q = {i for left, _, _, _ in pairs for i in left}
    taken_n = {j for _, right, _, _ in pairs for j in right}
    out += [
        Aligned(asked=w, listed="", why="only asked", likeness=0.0) for i, w in enumerate(q.written) if i not in taken_q
    ]
    out += [
        Aligned(asked="", listed=w, why="only listed", likeness=0.0)
        for j, w in enumerate(n.written)
        if j not in taken_n
    ]
    return tuple(out)


def _explain_korean(a: korean.KoreanName, b: korean.KoreanName) -> tuple[Aligned, ...]:
    out = [Aligned(asked=a.written[0], listed=b.written[0], why="surname class", likeness=1.0)]
    for s, t, x, y in zip(a.given, b.given, a.written[1:], b.written[1:], strict=True):
        out.append(Aligned(asked=x, listed=y, why="syllable", likeness=korean.syllable_likeness(s, t)))
    return tuple(out)
