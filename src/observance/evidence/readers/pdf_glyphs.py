"""Where the words of a PDF page stand: its content stream played back for text, rules and pictures (ISO 32000-1).

Positions are points from the lower left corner of the page as it is shown (rotation applied). Words are runs of
glyphs without a gap; the layout puts them together. Invisible text (the layer that OCR writes) is text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from observance.evidence.readers.pdf_content import operations
from observance.evidence.readers.pdf_fonts import Font, load_font

__all__ = ["Image", "PageContent", "Run", "play"]

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_GAP = 0.14
_MOST_RUNS = 200_000


@dataclass(slots=True)
class Run:
    """Glyphs without a gap between them: text, left and right edge, baseline, size, and what is known of it."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    artifact: bool = False
    turned: bool = False
    order: int = 0


@dataclass(slots=True)
class Image:
    """A picture on the page: its share of the page area and the object that holds it."""

    share: float
    resource: Any


@dataclass(slots=True)
class PageContent:
    """All that a page shows, as far as reading needs it.

    Attributes:
        rules: horizontal and vertical lines as (x0, y0, x1, y1); borders of tables.
        unknown: glyphs without a character.
        invisible: characters of invisible text, as OCR writes it.
    """

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    unknown: int = 0
    invisible: int = 0
    operations: int = 0


@dataclass(slots=True)
class _State:
    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 12.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> _State:
        return _State(
            self.matrix,
            self.font,
            self.size,
            self.spacing,
            self.word_spacing,
            self.stretch,
            self.leading,
            self.rise,
            self.mode,
        )


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The transformation that does `first` and then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def play(page: Any, reader: Any) -> PageContent:
    """Play back a page (a pypdf page object)."""
    box = page.cropbox
    left, bottom = float(box.left), float(box.bottom)
    width, height = float(box.width), float(box.height)
    turn = int(page.get("/Rotate", 0) or 0) % 360
    base: Matrix = (1.0, 0.0, 0.0, 1.0, -left, -bottom)
    if turn == 90:
        base, width, height = multiply(base, (0, -1, 1, 0, 0, width)), height, width
    elif turn == 180:
        base = multiply(base, (-1, 0, 0, -1, width, height))
    elif turn == 270:
        base, width, height = multiply(base, (0, 1, -1, 0, height, 0)), height, width
    content = PageContent(width, height)
    player = _Player(content, reader)
    contents = page.get("/Contents")
    if contents is not None:
        player.run(contents.get_object(), page.get("/Resources"), _State(matrix=base), 0)
    return content


class _Player:
    def __init__(self, content: PageContent, reader: Any) -> None:
        self.content = content
        self.reader = reader
        self.fonts: dict[int, Font] = {}
        self.artifact = 0
        self.marks: list[bool] = []
        self.spoken: list[str | None] = []

    def run(self, stream: Any, resources: Any, state: _State, depth: int) -> None:
        resources = resources.get_object() if resources is not None else {}
        fonts = _sub(resources, "/Font")
        forms = _sub(resources, "/XObject")
        stack: list[_State] = []
        text: Matrix = IDENTITY
        line: Matrix = IDENTITY
        path: list[tuple[float, float, float, float]] = []
        pen = (0.0, 0.0)
        for op, operands in operations(_data(stream)):
            self.content.operations += 1
            if self.content.operations > 3_000_000 or len(self.content.runs) > _MOST_RUNS:
                return
            try:
                match op:
                    case "q":
                        if len(stack) < 512:
                            stack.append(state.copy())
                    case "Q":
                        if stack:
                            state = stack.pop()
                    case "cm":
                        state.matrix = multiply(_six(operands), state.matrix)
                    case "BT":
                        text = line = IDENTITY
                    case "Tf":
                        state.font = self._font(fonts, operands[0])
                        state.size = float(operands[1])
                    case "Td" | "TD":
                        x, y = float(operands[0]), float(operands[1])
                        if op == "TD":
                            state.leading = -y
                        text = line = multiply((1, 0, 0, 1, x, y), line)
                    case "Tm":
                        text = line = _six(operands)
                    case "T*":
                        text = line = multiply((1, 0, 0, 1, 0, -state.leading), line)
                    case "Tj":
                        text = self._show(state, text, operands[:1])
                    case "TJ":
                        text = self._show(state, text, list(operands[0]))
                    case "'":
                        text = line = multiply((1, 0, 0, 1, 0, -state.leading), line)
                        text = self._show(state, text, operands[:1])
                    case '"':
                        state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
                        text = line = multiply((1, 0, 0, 1, 0, -state.leading), line)
                        text = self._show(state, text, operands[2:3])
                    case "Tc":
                        state.spacing = float(operands[0])
                    case "Tw":
                        state.word_spacing = float(operands[0])
                    case "Tz":
                        state.stretch = float(operands[0]) / 100
                    case "TL":
                        state.leading = float(operands[0])
                    case "Ts":
                        state.rise = float(operands[0])
                    case "Tr":
                        state.mode = int(operands[0])
                    case "BMC" | "BDC":
                        self._mark(operands, resources)
                    case "EMC":
                        self._unmark()
                    case "Do":
                        self._do(forms, operands[0], resources, state, depth)
                    case "m":
                        pen = _point(state.matrix, operands[0], operands[1])
                    case "l":
                        to = _point(state.matrix, operands[0], operands[1])
                        path.append((*pen, *to))
                        pen = to
                    case "re":
                        path.extend(_box(state.matrix, operands))
                    case "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*":
                        self._rules(path)
                        path = []
                    case "n":
                        path = []
            except (IndexError, ValueError, TypeError, AttributeError, KeyError, OverflowError):
                # One faulty operation does not spoil the page; viewers pass over it as well.
                continue

    def _font(self, fonts: Any, name: Any) -> Font | None:
        resource = fonts.get(name)
        if resource is None:
            return None
        key = getattr(resource, "idnum", None) or id(resource)
        if key not in self.fonts:
            try:
                self.fonts[key] = load_font(resource)
            except Exception:  # noqa: BLE001  a damaged font makes its text unknown, not the page
                self.fonts[key] = Font(known=False)
        return self.fonts[key]

    def _show(self, state: _State, text: Matrix, items: list[Any]) -> Matrix:
        font = state.font
        if font is None:
            return text
        frame = multiply(text, state.matrix)
        along = math.hypot(frame[0], frame[1])
        size = abs(state.size) * math.hypot(frame[2], frame[3])
        if not size or not along:
            return text
        turned = abs(frame[1]) > abs(frame[0]) * 0.2 or frame[0] < 0
        pen = begin = 0.0
        chars: list[str] = []
        for item in items:
            if isinstance(item, int | float):
                shift = -float(item) / 1000 * state.size * state.stretch
                if chars and shift > _GAP * abs(state.size) * state.stretch:
                    self._emit(state, frame, chars, begin, pen, size, turned=turned)
                    chars = []
                pen += shift
                continue
            if not isinstance(item, bytes):
                continue
            for char, width, is_space in font.glyphs(item):
                advance = (width * state.size + state.spacing + (state.word_spacing if is_space else 0)) * state.stretch
                if char.isspace() or char == "\xa0":
                    if chars:
                        self._emit(state, frame, chars, begin, pen, size, turned=turned)
                        chars = []
                else:
                    if not chars:
                        begin = pen
                    chars.append(char)
                pen += advance
                # Letters set apart by character spacing are one word; a wide spacing is a gap.
        if chars:
            self._emit(state, frame, chars, begin, pen, size, turned=turned)
        return multiply((1, 0, 0, 1, pen, 0), text)

    def _emit(
        self, state: _State, frame: Matrix, chars: list[str], begin: float, end: float, size: float, *, turned: bool
    ) -> None:
        word = "".join(chars)
        # A single sign of a symbol font without a name is, in reports, the bullet of a list.
        word = "•" if len(word) == 1 and word < " " else word.translate(_SIGNS)
        x0, y0 = (
            frame[0] * begin + frame[2] * state.rise + frame[4],
            frame[1] * begin + frame[3] * state.rise + frame[5],
        )
        x1 = frame[0] * end + frame[2] * state.rise + frame[4]
        if not (math.isfinite(x0) and math.isfinite(x1) and math.isfinite(y0)):
            return
        content = self.content
        if not (-content.width < x0 < 2 * content.width and -content.height < y0 < 2 * content.height):
            return
        content.unknown += word.count("\ufffd")
        if state.mode == 3:
            content.invisible += len(word)
        if self.spoken and self.spoken[-1] is not None:
            word, self.spoken[-1] = self.spoken[-1], ""
            if not word:
                return
        content.runs.append(
            Run(
                word,
                min(x0, x1),
                max(x0, x1),
                y0,
                size,
                bool(state.font and state.font.bold),
                self.artifact > 0,
                turned,
                len(content.runs),
            )
        )

    def _mark(self, operands: list[Any], resources: Any) -> None:
        tag = str(operands[0]) if operands else ""
        is_artifact = tag == "/Artifact"
        self.marks.append(is_artifact)
        self.artifact += is_artifact
        spoken = None
        if len(operands) > 1:
            properties = operands[1]
            if isinstance(properties, str):
                properties = _sub(resources, "/Properties").get(properties, {})
            properties = properties.get_object() if hasattr(properties, "get_object") else properties
            actual = properties.get("/ActualText") if hasattr(properties, "get") else None
            spoken = _spoken(actual) if actual is not None else None
        self.spoken.append(spoken)

    def _unmark(self) -> None:
        if self.marks:
            self.artifact -= self.marks.pop()
            self.spoken.pop()

    def _do(self, forms: Any, name: Any, resources: Any, state: _State, depth: int) -> None:
        resource = forms.get(name)
        if resource is None or depth > 12:
            return
        form = resource.get_object()
        if form.get("/Subtype") == "/Image":
            a, b, c, d, _, _ = state.matrix
            share = abs(a * d - b * c) / max(self.content.width * self.content.height, 1.0)
            if len(self.content.images) < 50:
                self.content.images.append(Image(share, form))
            return
        if form.get("/Subtype") != "/Form":
            return
        inner = state.copy()
        matrix = form.get("/Matrix")
        if matrix is not None:
            inner.matrix = multiply(_six(list(matrix.get_object())), inner.matrix)
        self.run(form, form.get("/Resources") or resources, inner, depth + 1)

    def _rules(self, path: list[tuple[float, float, float, float]]) -> None:
        for x0, y0, x1, y1 in path:
            if len(self.content.rules) >= 20_000:
                return
            if (abs(x0 - x1) < 1.0) != (abs(y0 - y1) < 1.0):
                self.content.rules.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


_SIGNS = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        **{chr(code): "\ufffd" for code in range(32)},
    }
)


def _spoken(actual: Any) -> str:
    """A text string (7.9.2.2): UTF-16 with a mark, UTF-8 with a mark, else one byte a character."""
    if not isinstance(actual, bytes):
        return str(actual)
    if actual.startswith(b"\xfe\xff"):
        return actual[2:].decode("utf-16-be", errors="replace")
    if actual.startswith(b"\xef\xbb\xbf"):
        return actual[3:].decode("utf-8", errors="replace")
    return actual.decode("latin-1")


def _data(stream: Any) -> bytes:
    """The bytes of a content stream, or of an array of them (one stream with a blank between, 7.8.2)."""
    if isinstance(stream, list):
        return b"\n".join(_data(part.get_object()) for part in stream)
    found: bytes = stream.get_data()
    return found


def _six(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands[:6])
    return (a, b, c, d, e, f)


def _sub(resources: Any, key: str) -> Any:
    found = resources.get(key) if hasattr(resources, "get") else None
    return found.get_object() if found is not None else {}


def _point(matrix: Matrix, x: Any, y: Any) -> tuple[float, float]:
    px, py = float(x), float(y)
    return matrix[0] * px + matrix[2] * py + matrix[4], matrix[1] * px + matrix[3] * py + matrix[5]


def _box(matrix: Matrix, operands: list[Any]) -> list[tuple[float, float, float, float]]:
    """The rules that a rectangle draws: itself as one line where it is thin, else its four sides."""
    x, y, width, height = (float(value) for value in operands[:4])
    (ax, ay), (bx, by) = _point(matrix, x, y), _point(matrix, x + width, y + height)
    x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    if y1 - y0 < 3 and x1 - x0 > 3:
        middle = (y0 + y1) / 2
        return [(x0, middle, x1, middle)]
    if x1 - x0 < 3 and y1 - y0 > 3:
        middle = (x0 + x1) / 2
        return [(middle, y0, middle, y1)]
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
