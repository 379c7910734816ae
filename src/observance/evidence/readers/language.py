"""Which language a text is in: script first, then the commonest words. Light and without data files.

The words are the function words that make up a third of running prose; a text is named only where one language is
clearly ahead, so that a list of names stays unnamed.
"""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["find_language"]

_WORDS = {
    "en": "the of and to in a is that for it was on are as with he be at by this had not from but have which has were "
    "said would been will its an their they or his who after also about more than",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie einem über",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux "
    "été cette ont mais ses ou leur",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este entre "
    "desde son fue",
    "it": "di e il la che in a per un del non è una della con i le si da al nel come gli dei alla più ha sono anche "
    "delle questo",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das foi à sua ou são pelo",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit naar heeft door "
    "worden",
    "pl": "w i na z do nie się że jest o po to przez od za jak dla oraz ale jego był który są przy",
    "tr": "ve bir bu da de için ile olarak çok daha gibi olan ne kadar sonra en ancak ise var olduğu",
    "vi": "và của là có trong cho được các với một không người này những đã để khi về tại ra từ",
    "id": "yang dan di untuk dengan pada ini dari dalam tidak itu akan oleh ke sebagai telah juga karena adalah",
    "ru": "и в не на с что по как из за от для это его к о при также был до после года который",
    "uk": "і в не на з що та до як за від для це його у про під час також був після року який",
    "bg": "и на да се от в за не са с че по като към е до при това които след",
    "ar": "في من على إلى أن التي الذي عن هذا مع كان قال ما بعد بين",
    "fa": "و در به از که این را با است برای آن یک تا بود شد",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000


def find_language(text: str) -> str | None:
    """ISO 639-1 code of most of the text, or None where there is too little to say.

    Hangul, kana and Han are told by script (Han with kana is Japanese); Greek, Hebrew, Thai, Armenian and Georgian
    likewise; Latin, Cyrillic and Arabic by their commonest words.
    """
    sample = text[:_SAMPLE]
    scripts = _scripts(sample)
    letters = sum(scripts.values())
    if letters < 12:
        return None
    # A character of these scripts is worth about three letters of an alphabet.
    if scripts["hangul"] * 3 > letters - scripts["hangul"]:
        return "ko"
    if (scripts["kana"] + scripts["han"]) * 3 > scripts["latin"] and scripts["kana"] * 8 > scripts["han"]:
        return "ja" if scripts["kana"] + scripts["han"] > 0 else None
    if scripts["han"] * 3 > letters - scripts["han"]:
        return "zh"
    for script, language in _BY_SCRIPT.items():
        if scripts[script] * 2 > letters:
            return language
    return _by_words(sample)


def _by_words(sample: str) -> str | None:
    tokens = [token.lower() for token in _TOKEN.findall(sample)]
    if len(tokens) < 4:
        return None
    score = {language: sum(token in words for token in tokens) for language, words in _SETS.items()}
    ranked = sorted(score.items(), key=lambda pair: (-pair[1], pair[0]))
    (best, most), (_, second) = ranked[0], ranked[1]
    if most < max(2, 0.08 * len(tokens)) or most == second:
        return None
    return best


_BY_SCRIPT = {"greek": "el", "hebrew": "he", "thai": "th", "armenian": "hy", "georgian": "ka"}
_RANGES = (
    ("latin", 0x41, 0x24F),
    ("greek", 0x370, 0x3FF),
    ("cyrillic", 0x400, 0x52F),
    ("armenian", 0x530, 0x58F),
    ("hebrew", 0x590, 0x5FF),
    ("arabic", 0x600, 0x77F),
    ("thai", 0xE00, 0xE7F),
    ("georgian", 0x10A0, 0x10FF),
    ("hangul", 0x1100, 0x11FF),
    ("latin", 0x1E00, 0x1EFF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7A3),
    ("han", 0xF900, 0xFAFF),
)


def _scripts(sample: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for char, count in Counter(sample).items():
        if not char.isalpha():
            continue
        code = ord(char)
        name = next((script for script, low, high in _RANGES if low <= code <= high), "other")
        found[name] += count
    return found
