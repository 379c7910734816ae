"""Bytes of a PDF string to characters and widths, for the font that shows them (ISO 32000-1, 9.6 to 9.10).

Order for characters: the font's ToUnicode map; its encoding with differences by glyph name (Adobe Glyph List); for
composite fonts a predefined map of a known code page. What has no character becomes U+FFFD and is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Font", "load_font"]

# Advance widths of Helvetica (Adobe Font Metrics), characters 32 to 126, for fonts that carry none.
_HELVETICA = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 "
    "556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 "
    "611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 "
    "667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 "
    "222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 "
)
_WIDTHS = {32 + index: float(width) for index, width in enumerate(_HELVETICA.split())}
_PREDEFINED = (
    (re.compile(r"Uni(?:GB|CNS|JIS|KS)-UTF16|UniGB-UCS2|UniCNS-UCS2|UniJIS-UCS2|UniKS-UCS2"), "utf-16-be"),
    (re.compile(r"UTF8"), "utf-8"),
    (re.compile(r"GB|GBK|GBpc|GBKp"), "gb18030"),
    (re.compile(r"KSC|KSCms"), "cp949"),
    (re.compile(r"B5|ETen|HKscs|ETenms"), "big5hkscs"),
    (re.compile(r"RKSJ"), "cp932"),
)
_RANGE = re.compile(rb"begin(codespacerange|bfchar|bfrange|cidrange|cidchar)\s(.{0,400000}?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|(\d+)")
_MOST = 200_000


@dataclass(slots=True)
class Font:
    """A font as far as reading needs it.

    Attributes:
        wide: two bytes a code (composite fonts), unless `codec` says otherwise.
        to_text: code to characters.
        widths: code to width in thousandths of the font size.
        default: width of other codes.
        codec: Python codec of a predefined map, where there is no ToUnicode map.
        bold: the name or the descriptor says so.
        known: False where codes have no meaning as text (no ToUnicode map on an identity encoding).
    """

    wide: bool = False
    to_text: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    default: float = 500.0
    codec: str | None = None
    bold: bool = False
    known: bool = True
    scale: float = 0.001

    def glyphs(self, data: bytes) -> list[tuple[str, float, bool]]:
        """(characters, width in text space units for size 1, is a one-byte space) for each code of a string."""
        if self.codec:
            return self._by_codec(data)
        if not self.wide:
            return [
                (self.to_text.get(code, "\ufffd"), self.widths.get(code, self.default) * self.scale, code == 32)
                for code in data
            ]
        out = []
        for at in range(0, len(data) - 1, 2):
            code = data[at] << 8 | data[at + 1]
            out.append((self.to_text.get(code, "\ufffd"), self.widths.get(code, self.default) * self.scale, False))
        return out

    def _by_codec(self, data: bytes) -> list[tuple[str, float, bool]]:
        text = data.decode(self.codec or "latin-1", errors="replace")
        return [(char, (self.default if ord(char) > 0xFF else 500.0) * self.scale, char == " ") for char in text]


def load_font(resource: Any) -> Font:
    """The font of a resource dictionary (a pypdf object); faults of single parts leave that part out."""
    found = resource.get_object()
    kind = str(found.get("/Subtype", ""))
    name = str(found.get("/BaseFont", ""))
    font = Font(bold=bool(re.search(r"bold|black|heavy|semibold|demi", name, re.IGNORECASE)))
    to_unicode = found.get("/ToUnicode")
    mapped: dict[int, str] = {}
    if to_unicode is not None:
        data = getattr(to_unicode.get_object(), "get_data", bytes)()
        mapped = _to_unicode(data)
    if kind == "/Type0":
        _composite(font, found, mapped)
    else:
        _simple(font, found, mapped, kind)
    return font


def _composite(font: Font, found: Any, mapped: dict[int, str]) -> None:
    font.wide = True
    font.default = 1000.0
    encoding = found.get("/Encoding")
    label = str(encoding.get_object()) if encoding is not None else ""
    font.to_text = mapped
    if not mapped:
        if label.startswith("/Identity"):
            font.known = False
        else:
            font.codec = next((codec for pattern, codec in _PREDEFINED if pattern.search(label)), None)
            font.known = font.codec is not None
    inner = found["/DescendantFonts"].get_object()[0].get_object()
    descriptor = inner.get("/FontDescriptor")
    if descriptor is not None:
        weight = descriptor.get_object().get("/FontWeight", 400)
        font.bold = font.bold or _number(weight, 400) >= 600
    font.default = _number(inner.get("/DW", 1000), 1000)
    listed = inner.get("/W")
    if listed is None:
        return
    items = list(listed.get_object())
    at = 0
    while at + 1 < len(items) and len(font.widths) < _MOST:
        first, second = items[at], items[at + 1].get_object() if hasattr(items[at + 1], "get_object") else items[at + 1]
        if isinstance(second, list):
            for offset, width in enumerate(second):
                font.widths[int(first) + offset] = _number(width, font.default)
            at += 2
        elif at + 2 < len(items):
            width = _number(items[at + 2], font.default)
            for code in range(int(first), min(int(second), int(first) + 65536) + 1):
                font.widths[code] = width
            at += 3
        else:
            return


def _simple(font: Font, found: Any, mapped: dict[int, str], kind: str) -> None:
    font.to_text = {**_encoding(found), **mapped}
    first = int(_number(found.get("/FirstChar", 0), 0))
    listed = found.get("/Widths")
    descriptor = found.get("/FontDescriptor")
    if descriptor is not None:
        parts = descriptor.get_object()
        font.default = _number(parts.get("/MissingWidth", 0), 0) or 500.0
        font.bold = font.bold or _number(parts.get("/FontWeight", 400), 400) >= 600
    if listed is not None:
        for offset, width in enumerate(list(listed.get_object())[:1024]):
            font.widths[first + offset] = _number(width, font.default)
    else:
        name = str(found.get("/BaseFont", ""))
        font.widths = dict.fromkeys(_WIDTHS, 600.0) if "Courier" in name else dict(_WIDTHS)
        if "Times" in name:
            font.widths = {code: width * 0.9 for code, width in _WIDTHS.items()}
    if kind == "/Type3":
        matrix = found.get("/FontMatrix")
        font.scale = abs(_number(matrix.get_object()[0], 0.001)) if matrix is not None else 0.001


def _encoding(found: Any) -> dict[int, str]:
    names, tables = _adobe()
    encoding = found.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    base = ""
    differences: list[Any] = []
    if isinstance(encoding, str):
        base = str(encoding)
    elif encoding is not None:
        base = str(encoding.get("/BaseEncoding", ""))
        listed = encoding.get("/Differences")
        differences = list(listed.get_object()) if listed is not None else []
    font_name = str(found.get("/BaseFont", ""))
    if not base and "Symbol" in font_name:
        base = "/Symbol"
    elif not base and "Dingbats" in font_name:
        base = "/ZapfDingbats"
    table = (
        tables.get(base)
        or tables.get("/StandardEncoding" if not base and differences else "/WinAnsiEncoding")
        or [chr(code) for code in range(256)]
    )
    to_text = {code: char for code, char in enumerate(table) if char and char != "\x00"}
    code = 0
    for item in differences[:2000]:
        if isinstance(item, int):
            code = item
        else:
            to_text[code] = _glyph(str(item), names)
            code += 1
    return to_text


def _glyph(name: str, names: dict[str, str]) -> str:
    """The characters of a glyph name (Adobe Glyph List Specification, 2)."""
    if name in names:
        return names[name]
    plain = name.lstrip("/").split(".")[0]
    if "/" + plain in names:
        return names["/" + plain]
    hexed = re.fullmatch(r"(?:uni|u)([0-9A-Fa-f]{4,6})", plain)
    if hexed:
        return _char(int(hexed[1], 16))
    return "".join(names.get("/" + part, "") for part in plain.split("_")) or (plain if len(plain) == 1 else "\ufffd")


def _char(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _adobe() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Glyph names and encodings as pypdf has them; without them, code pages that Python has."""
    try:
        from pypdf._codecs import adobe_glyphs, charset_encoding
    except ImportError:
        windows = [bytes([code]).decode("cp1252", errors="replace") for code in range(256)]
        mac = [bytes([code]).decode("mac_roman") for code in range(256)]
        return {}, {"/WinAnsiEncoding": windows, "/MacRomanEncoding": mac, "/StandardEncoding": windows}
    return adobe_glyphs, charset_encoding


def _to_unicode(data: bytes) -> dict[int, str]:
    """A ToUnicode map (Adobe Technical Note 5411): `bfchar` and `bfrange`."""
    found: dict[int, str] = {}
    for section in _RANGE.finditer(data[:4_000_000]):
        kind, body = section.group(1), section.group(2)
        if kind == b"bfchar":
            words = [match.group(1) for match in _HEX.finditer(body) if match.group(1) is not None]
            for source, target in zip(words[0::2], words[1::2], strict=False):
                found[_code(source)] = _utf16(target)
        elif kind == b"bfrange":
            _ranges(body, found)
        if len(found) > _MOST:
            break
    return found


def _ranges(body: bytes, found: dict[int, str]) -> None:
    words = list(_HEX.finditer(body))
    at = 0
    while at + 2 < len(words):
        low, high = words[at].group(1), words[at + 1].group(1)
        if low is None or high is None:
            at += 1
            continue
        first, last = _code(low), min(_code(high), _code(low) + 65535)
        third = words[at + 2]
        if third.group(2):
            at += 3
            code = first
            while at < len(words) and not words[at].group(3):
                if words[at].group(1) is not None:
                    found[code] = _utf16(words[at].group(1))
                    code += 1
                at += 1
            at += 1
            continue
        target = third.group(1)
        if target is not None and len(found) < _MOST:
            start = _utf16(target)
            for code in range(first, last + 1):
                found[code] = start[:-1] + _char(ord(start[-1]) + code - first) if start else ""
        at += 3


def _code(digits: bytes) -> int:
    clean = re.sub(rb"\s+", b"", digits)
    return int(clean[:8] or b"0", 16)


def _utf16(digits: bytes) -> str:
    clean = re.sub(rb"\s+", b"", digits)[:128].decode("ascii")
    raw = bytes.fromhex(clean if len(clean) % 2 == 0 else clean + "0")
    if len(raw) == 1:
        return _char(raw[0])
    return raw.decode("utf-16-be", errors="replace")


def _number(value: Any, default: float) -> float:
    value = value.get_object() if hasattr(value, "get_object") else value
    return float(value) if isinstance(value, int | float) else default
