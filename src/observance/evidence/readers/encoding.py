"""Which encoding a text is in, found in its bytes and said.

Order: byte order mark; what the file declares (HTML `meta`, XML declaration, MIME header), if it decodes; UTF-8; UTF-16
by its NULs; then the legacy code page whose decoding has the most characters that its language uses most. Windows-1252
is last, as in browsers. Frequencies of characters are facts of the languages (the commonest syllables of Korean, the
commonest Han characters in each spelling, the commonest Cyrillic letters).
"""

from __future__ import annotations

import codecs
import re

from observance.errors import FormatError
from observance.evidence.readers.textmap import Decoded, decode_exactly

__all__ = ["decode_text"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that mean a superset in practice (WHATWG Encoding Standard).
_ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "big5-hkscs": "big5hkscs",
    "unicode": "utf-16-le",
    "x-user-defined": "cp1252",
}
_KOREAN = frozenset("이다는에의가을고하지로한을도를은사서어인기자대시들과해원국정부제일보리나라있했으")
_CHINESE = frozenset("的一是不了在人有我他这中大来上国个到说们为子和地出道也时年发会生等部朝美")
_TAIWAN = frozenset("的一是不了在人有我他這中大來上國個到說們為子和地出道也時年發會生等部朝美")
_JAPANESE = frozenset("のにはをたがでてとしれさるいうなもりらきんすこく")
_RUSSIAN = frozenset("оеаинтсрвлкмдпуяыьгзбчй")
_LEGACY = (
    ("cp949", _KOREAN, 2),
    ("gb18030", _CHINESE, 2),
    ("big5", _TAIWAN, 2),
    ("cp932", _JAPANESE, 2),
    ("cp1251", _RUSSIAN, 1),
    ("koi8-r", _RUSSIAN, 1),
    ("cp866", _RUSSIAN, 1),
)
# Share of the characters beyond ASCII that must be common ones: prose of these languages has .25 to .75, other
# languages read in the wrong code page under .1.
_LEAST = {"cp949": 0.22, "gb18030": 0.12, "big5": 0.12, "cp932": 0.3, "cp1251": 0.6, "koi8-r": 0.6, "cp866": 0.6}
_SAMPLE = 200_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode_text(data: bytes, *, declared: str | None = None, where: str = "") -> Decoded:
    """Decode a text file and keep the way back to its bytes. Nothing is normalised.

    A UTF-8 byte order mark stays as U+FEFF (it is what decoding as UTF-8 gives); that of UTF-16 is not text.

    Raises:
        FormatError: no text in any encoding we know (control characters, bytes that do not decode).
    """
    encoding, skipped = _find(data, declared)
    try:
        decoded = decode_exactly(data, encoding, skipped=skipped, most_repairs=max(16, len(data) // 50))
    except UnicodeError:
        raise FormatError(
            "this is not text",
            where=where,
            got=f"bytes that decode in no encoding we know (nearest: {encoding})",
            expected="UTF-8, UTF-16 or a common legacy code page",
            step="check what the file is, or convert it to UTF-8",
        ) from None
    head = decoded.text[:_SAMPLE]
    odd = len(_CONTROL.findall(head))
    if odd > max(8, len(head) // 100) or "\x00" in head:
        raise FormatError(
            "this is not text",
            where=where,
            got=f"{odd} control characters in the first {len(head)}",
            expected="text",
            step="it looks like a binary file; give it the ending of its format, or convert it",
        )
    return decoded


def known_codec(label: str | None) -> str | None:
    """The Python codec for a declared encoding label, or None where it is unknown or not a text encoding."""
    name = (label or "").strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if not re.fullmatch(r"[a-z0-9][a-z0-9._:-]{0,39}", name):
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Codecs with a state (ISO-2022, UTF-7) cannot be cited byte by byte; codecs from bytes to bytes are no encodings.
    if not getattr(found, "_is_text_encoding", True) or found.name in _STATEFUL or found.name.startswith("iso2022"):
        return None
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(found.name, found.name)


_STATEFUL = frozenset({"utf-7", "hz", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs"})


def _find(data: bytes, declared: str | None) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        # The mark of UTF-32-LE is that of UTF-16-LE with a NUL behind it: only a text that decodes is UTF-32.
        if data.startswith(mark) and (len(mark) == 2 or _decodes(data, encoding)):
            return encoding, len(mark)
    # NULs are valid UTF-8; a text full of them is UTF-16 without a mark.
    wide = _wide(data) if b"\x00" in data[:4096] else None
    if wide:
        return wide, 0
    if _decodes(data, "utf-8"):
        return "utf-8", 0
    codec = known_codec(declared)
    if codec and _decodes(data, codec):
        return codec, 0
    legacy = _legacy(data)
    if legacy:
        return legacy, 0
    if _nearly_utf8(data):
        return "utf-8", 0
    return ("cp1252", 0) if _decodes(data, "cp1252") else ("latin-1", 0)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII in every second byte, NUL in the other."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> str | None:
    best, best_score = None, 0.0
    sample = data[:_SAMPLE]
    for encoding, common, width in _LEGACY:
        try:
            # The sample may end inside a character; one is tolerated at the end.
            text = codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=len(sample) == len(data))
        except UnicodeError:
            continue
        beyond = [char for char in text if char > "\x7f"]
        if not beyond:
            continue
        share = sum(char in common for char in beyond) / len(beyond)
        if share < _LEAST[encoding]:
            continue
        # Compare languages of unlike alphabets by how far they are above what is needed; accented Latin letters alone
        # (a few bytes beyond ASCII) never make a Cyrillic text, which has whole words of them.
        if width == 1 and not re.search(r"[а-яё]{3}", text):
            continue
        score = share / _LEAST[encoding]
        if score > best_score:
            best, best_score = encoding, score
    return best


def _nearly_utf8(data: bytes) -> bool:
    """A UTF-8 file with a few damaged bytes: most bytes beyond ASCII form valid sequences."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - bad
    return good > bad * 4
