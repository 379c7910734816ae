"""Two canonical forms held against each other: an alignment of words, and one score from it.

Words are aligned in this order: equal words; words alike in sound or spelling, the best pairs first; neighbours
written as one word; initials. From the alignment

    score = (m - misspelt * d) / (m + conflict * c + extra * e)

where m is the weight of aligned words, d the differing part of those that are only alike, c the weight left over on
*both* sides (two names where each should have one) and e what only one side has. So covering counts both ways, a
second first name costs little, and another first name costs much. Rules after that cap (never raise) what the words
alone say: numbers that differ, a lone word out of many, Korean syllables that differ; and a few raise it: one string,
Korean readings that agree, initials of an organisation.
"""

from __future__ import annotations

from itertools import product

from rapidfuzz.distance import OSA

from observance.observations.matches import korean
from observance.observations.matches.fold import is_arabic
from observance.observations.matches.forms import Form
from observance.observations.matches.likeness import likeness
from observance.observations.matches.records import Parameters
from observance.observations.matches.words import Word, place_words

__all__ = ["Pairing", "score_forms"]

# (positions in the query form, positions in the list form, likeness, why)
Pairing = tuple[tuple[int, ...], tuple[int, ...], float, str]
_distance = OSA.distance


def _align(kind: str, q: tuple[Word, ...], n: tuple[Word, ...]) -> tuple[list[Pairing], list[int], list[int]]:
    """Pairings and the positions left free on either side."""
    pairs: list[Pairing] = []
    free_n = list(range(len(n)))
    free_q: list[int] = []
    for i, w in enumerate(q):
        key = w.key
        for j in free_n:
            if n[j].key == key:
                pairs.append(((i,), (j,), 1.0, "equal"))
                free_n.remove(j)
                break
        else:
            free_q.append(i)
    if not free_q or not free_n:
        return pairs, free_q, free_n
    ranked: list[tuple[float, int, int, str]] = []
    for i in free_q:
        w = q[i]
        if not w.fuzzy:
            continue
        for j in free_n:
            v = n[j]
            if v.fuzzy:
                like, why = likeness(kind, w, v) if w.text < v.text else likeness(kind, v, w)
                if like:
                    ranked.append((like, i, j, why))
    if ranked:
        ranked.sort(key=lambda r: (-r[0], abs(r[1] - r[2])))
        for like, i, j, why in ranked:
            if i in free_q and j in free_n:
                pairs.append(((i,), (j,), like, why))
                free_q.remove(i)
                free_n.remove(j)
    if free_q and free_n:
        _join(q, n, free_q, free_n, pairs, turned=False)
        _join(n, q, free_n, free_q, pairs, turned=True)
    if free_q and free_n:
        _initials(q, n, free_q, free_n, pairs)
    return pairs, free_q, free_n


def _join(
    q: tuple[Word, ...],
    n: tuple[Word, ...],
    free_q: list[int],
    free_n: list[int],
    pairs: list[Pairing],
    *,
    turned: bool,
) -> None:
    """Neighbours of `q` that make one word of `n`."""
    if len(free_q) < 2 or not free_n:
        return
    longest = max([len(n[j].text) for j in free_n])
    for size in (2, 3):
        for start in list(free_q):
            if start + 1 not in free_q or start not in free_q or (size == 3 and start + 2 not in free_q):
                continue
            words = q[start : start + size]
            length = sum([len(w.text) for w in words])
            # A word in Arabic script may be shorter than its Latin parts together by their vowels.
            if not 4 <= length <= longest + _VOWELS_UNWRITTEN:
                continue
            joined = "".join([w.text for w in words])
            across = not joined.isascii() or length > longest + 1
            for j in free_n:
                other = n[j]
                like = _made_of(joined, words, other, across=across)
                if like:
                    span = tuple(range(start, start + size))
                    pairs.append(((j,), span, like, "joined") if turned else (span, (j,), like, "joined"))
                    free_n.remove(j)
                    for i in span:
                        free_q.remove(i)
                    break
            if not free_n:
                return


def _made_of(joined: str, several: tuple[Word, ...], one: Word, *, across: bool) -> float:
    """How far words make one: as written, with one slip, or (`across`) by their consonants in two scripts."""
    text = one.text
    if text == joined:
        return 0.98
    if len(joined) >= 6 and abs(len(text) - len(joined)) <= 1 and _distance(text, joined, score_cutoff=1) <= 1:
        return 1.0 - 1.0 / len(joined)
    if (across or not text.isascii()) and _one_skeleton(several, one):
        return 0.9
    return 0.0


def _one_skeleton(several: tuple[Word, ...], one: Word) -> bool:
    """Whether words of one script make, consonant by consonant, one word of the other (Hassanzadeh)."""
    if not any(is_arabic(w.text) for w in (*several, one)) or not any(w.text.isascii() for w in (*several, one)):
        return False
    if not all(w.skeletons for w in several) or max(map(len, one.skeletons), default=0) < 4:
        return False
    return any("".join(choice) in one.skeletons for choice in product(*(w.skeletons for w in several)))


def _initials(
    q: tuple[Word, ...], n: tuple[Word, ...], free_q: list[int], free_n: list[int], pairs: list[Pairing]
) -> None:
    """An initial against a word, or two initials written as one (`JC`) against two neighbouring words."""
    for i in list(free_q):
        for j in list(free_n):
            one, two = q[i], n[j]
            if (
                (one.role == "initial") != (two.role == "initial")
                and one.text[0] == two.text[0]
                and {one.role, two.role} == {"initial", "name"}
            ):
                pairs.append(((i,), (j,), 0.6, "initial"))
                free_q.remove(i)
                free_n.remove(j)
                break
    for words_a, words_b, free_a, free_b, turned in ((q, n, free_q, free_n, False), (n, q, free_n, free_q, True)):
        for i in list(free_a):
            text = words_a[i].text
            if len(text) != 2 or words_a[i].role != "name":
                continue
            for j in free_b:
                if (
                    j + 1 in free_b
                    and words_b[j].text[0] == text[0]
                    and words_b[j + 1].text[0] == text[1]
                    and min(len(words_b[j].text), len(words_b[j + 1].text)) > 1
                ):
                    pairs.append(((j, j + 1), (i,), 0.6, "initial") if turned else ((i,), (j, j + 1), 0.6, "initial"))
                    free_a.remove(i)
                    free_b.remove(j)
                    free_b.remove(j + 1)
                    break


_CONTENT = frozenset({"name", "number", "pinyin"})
_TELLING = frozenset({"name", "number", "initial", "pinyin"})
_LEAST_SLIP = 7
_VOWELS_UNWRITTEN = 6
_VOWELS = frozenset("aeiouy")
_CHILD_OF = frozenset({"bin", "ibn", "ben", "bint", "bent", "binti", "ould", "wuld", "بن", "ابن"})
_WEAK_PARTS = frozenset({"abd", "allah", "din"})


def _left_over(words: tuple[Word, ...], free: list[int]) -> tuple[float, float, bool]:
    """Weight of the words left over: (extra, telling, whether they are nothing but words said twice)."""
    extra = telling = 0.0
    twice = True
    for i in free:
        w = words[i]
        weight = 0.6 if w.role == "initial" else max(w.weight, 0.5) if w.text in _WEAK_PARTS else w.weight
        again = any(o.key == w.key for k, o in enumerate(words) if k not in free)
        if not again:
            extra += 2.0 * weight if w.role == "number" else weight
        if w.role in _TELLING:
            telling += weight
            twice = twice and again
    return extra, telling, twice


def score_forms(
    kind: str,
    q: Form,
    n_words: tuple[Word, ...],
    n_korean: tuple[korean.KoreanName, ...],
    n_letters: str,
    p: Parameters,
) -> tuple[float, str, list[Pairing]]:
    """Score of a query form against a list form: (score, rule, pairings)."""
    words = q.words
    if words == n_words:
        return 1.0, "same words", [((i,), (i,), 1.0, "equal") for i in range(len(words))]
    pairs, free_q, free_n = _align(kind, words, n_words)
    m = d = 0.0
    names = 0
    rule = "same words"
    for left, right, like, why in pairs:
        weight = 0.0
        for i in left:
            weight += words[i].weight
        for j in right:
            weight += n_words[j].weight
        weight *= 0.5
        if why == "initial" or (words[left[0]].role in _CONTENT and words[left[0]].text not in _WEAK_PARTS):
            names += 1
        m += weight
        if like < 1.0:
            d += weight * (1.0 - like)
            rule = "similar words"
    lq, tq, twice_q = _left_over(words, free_q) if free_q else (0.0, 0.0, True)
    ln, tn, twice_n = _left_over(n_words, free_n) if free_n else (0.0, 0.0, True)
    if twice_q and twice_n:
        tq = tn = 0.0
    c = min(tq, tn) if kind != "person" else (tq * tn) ** 0.5
    e = max(0.0, max(lq, ln) - c)
    score = 0.0
    if m:
        extra = (
            p.extra_person if kind == "person" else p.extra_organisation if kind == "organisation" else p.extra_vessel
        )
        score = max(0.0, m - p.misspelt * d * (1.0 + p.together * e / m)) / (m + p.conflict * c + extra * e)
        if (lq or ln) and rule == "same words":
            rule = "shared words"
    if kind == "ship" and any(like < 0.95 and left != right for left, right, like, why in pairs if why != "joined"):
        # Ships are named in a few short words that come in any pair: alike and in another order is too little.
        score = max(0.0, score - 0.2)
    if score == 1.0 and len(pairs) > 1 and any(left != right for left, right, _, _ in pairs):
        score, rule = 0.995, "same words in another order"
    if kind == "person":
        score, rule = _person(q, n_words, n_korean, n_letters, p, score, rule, names, tq + tn)
    else:
        score, rule = _not_person(kind, words, n_words, p, score, rule)
        if (
            kind == "organisation"
            and score > p.places_cap
            and free_q
            and free_n
            and _places_differ(words, n_words, free_q, free_n)
        ):
            score, rule = p.places_cap, "places differ"
    return score, rule, pairs


def _places_differ(q: tuple[Word, ...], n: tuple[Word, ...], free_q: list[int], free_n: list[int]) -> bool:
    """Whether each side names a place that the other does not: two branches of one house."""
    places = place_words()
    return any(q[i].text in places for i in free_q) and any(n[j].text in places for j in free_n)


def _sired(words: tuple[Word, ...]) -> tuple[str, str]:
    """The words around the first `bin`, `ibn` or the like: whose child of whom."""
    for i in range(1, len(words) - 1):
        if words[i].text in _CHILD_OF and words[i - 1].role == "name":
            rest = [w.text for w in words[i + 1 :] if w.role == "name"]
            if rest:
                return words[i - 1].text, rest[0]
    return "", ""


def _person(
    q: Form,
    n_words: tuple[Word, ...],
    n_korean: tuple[korean.KoreanName, ...],
    n_letters: str,
    p: Parameters,
    score: float,
    rule: str,
    names: int,
    left: float,
) -> tuple[float, str]:
    if 0.65 < score < 1.0:
        (child, parent), (other_child, other_parent) = _sired(q.words), _sired(n_words)
        if child and child == other_parent and parent == other_child and child != parent:
            return p.korean_cap, "child and parent exchanged"
    if q.korean and n_korean and 0.995 <= score < 1.0 and not any(w.role == "pinyin" for w in q.words):
        found = korean.agreement(q.korean, n_korean)
        if not found or found[0] < 0.85:
            return p.korean_cap, "Korean syllables in another order"
    if score >= 0.995 and not (len(q.words) != len(n_words) and any(w.role == "pinyin" for w in q.words)):
        return score, rule
    lone = names < 2 and (left > 0.3 or score < 0.85)
    if score < 0.9:
        one = q.letters
        if one == n_letters:
            score, rule, lone = max(score, 0.98), "same letters", False
        elif min(len(one), len(n_letters)) >= _LEAST_SLIP and not (q.korean and n_korean):
            longest = max(len(one), len(n_letters))
            allowed = 1 if longest < 12 else 2
            distance = _distance(one, n_letters, score_cutoff=allowed)
            joined = len(q.words) != len(n_words) or distance == 1
            if joined and distance <= allowed and 1.0 - 1.5 * distance / longest > score:
                score, rule, lone = 1.0 - 1.5 * distance / longest, "similar letters", False
    if lone and score > p.lone_word_cap:
        return p.lone_word_cap, "one word of several"
    # A Chinese name has few syllables: one more is another name.
    if (
        score > p.lone_word_cap
        and len(q.words) != len(n_words)
        and any(w.role == "pinyin" for w in (*q.words, *n_words))
    ):
        return p.lone_word_cap, "one syllable more"
    if bool(q.korean) != bool(n_korean) and rule == "similar words" and left > 0.3 and score > p.korean_cap:
        # Syllables are short: merely alike, and one left over, is no Korean name spelled otherwise.
        return p.korean_cap, "only one name is Korean"
    if q.korean and n_korean:
        found = korean.agreement(q.korean, n_korean)
        if found and found[0] >= 0.85:
            return max(score, 0.96 * found[0]), "Korean syllables agree"
        if found and found[0] >= 0.5:
            return min(score, 0.68), "Korean syllables nearly agree"
        if score > p.korean_cap:
            return p.korean_cap, "Korean syllables differ"
    return score, rule


def _not_person(
    kind: str, q: tuple[Word, ...], n: tuple[Word, ...], p: Parameters, score: float, rule: str
) -> tuple[float, str]:
    numbers_q = sorted(w.key for w in q if w.role == "number")
    numbers_n = sorted(w.key for w in n if w.role == "number")
    if score < 0.995:
        joined_q, joined_n = "".join(w.text for w in q), "".join(w.text for w in n)
        longest = max(len(joined_q), len(joined_n))
        if joined_q == joined_n:
            return max(score, 0.98), "same letters"
        if (
            kind == "ship"
            and longest >= 4
            and (numbers_q == numbers_n or (len(q) == len(n) and not any(c.isdigit() for c in joined_q)))
        ):
            allowed = 2 if longest >= (9 if len(q) == len(n) else 14) else 1
            distance = _distance(joined_q, joined_n, score_cutoff=allowed)
            if distance <= allowed and 1.0 - distance / longest > score:
                return 1.0 - distance / longest, "similar letters"
        if kind == "organisation" and score < 0.75:
            acronym = _acronym(q, n) or _acronym(n, q)
            if acronym:
                return max(score, acronym), "initials of the name"
    if numbers_q != numbers_n and numbers_q and numbers_n:
        # Sisters: worth a look as a near miss where nothing else differs, never an alert.
        same = sorted(w.key for w in q if w.role == "name") == sorted(w.key for w in n if w.role == "name")
        if same or score > p.numbers_cap:
            return p.numbers_cap, "numbers differ"
    if kind == "organisation" and 0.6 < score < 0.97:
        one, two = [w for w in q if w.role == "name"], [w for w in n if w.role == "name"]
        # Four letters that are not the same four letters are another acronym, not a misspelt one.
        if len(one) == len(two) == 1 and one[0].key != two[0].key and one[0].sound != two[0].sound:
            texts = one[0].text, two[0].text
            if (
                min(map(len, texts)) <= 4
                or not any(c in _VOWELS for c in texts[0])
                or not any(c in _VOWELS for c in texts[1])
            ):
                return 0.6, "short words differ"
    return score, rule


def _acronym(short: tuple[Word, ...], long: tuple[Word, ...]) -> float:
    """How far one word is made of the initials of the other name: .74 for four letters and more, .64 for three."""
    names = [w for w in short if w.role == "name"]
    if len(names) != 1 or not 3 <= len(names[0].text) <= 8:
        return 0.0
    text = names[0].text
    for roles in ({"name", "number"}, {"name", "number", "legal"}, {"name", "number", "legal", "stop"}):
        initials = "".join(w.text[0] for w in long if w.role in roles)
        if initials == text:
            return 0.74 if len(text) > 3 else 0.64
    return 0.0
