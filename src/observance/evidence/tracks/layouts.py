"""Which column of a table is what: the known layouts, and headers of one's own by their usual names.

Layouts: NOAA MarineCadastre (to 2024, and the lower-case one from 2025), the Danish Maritime Authority's daily files,
Global Fishing Watch's labelled tracks. A mapping of the user's wins over all of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from observance.errors import FormatError

__all__ = ["FIELDS", "STATICS", "Layout", "layout_of", "status_code"]

FIELDS = ("mmsi", "ts", "lat", "lon", "sog", "cog", "heading", "status", "message", "receiver")
STATICS = ("imo", "name", "callsign", "ship_type", "length", "width", "draught", "destination")

# Usual names, lower case without blanks, underscores and signs; the unit of speed where the name tells it.
_NAMES: dict[str, tuple[str, ...]] = {
    "mmsi": ("mmsi", "ssvid", "userid", "mmsinumber", "vesselmmsi"),
    "ts": (
        "basedatetime",
        "timestamp",
        "ts",
        "time",
        "datetime",
        "utc",
        "dateutc",
        "timeutc",
        "timestamputc",
        "msgtime",
        "receivedtime",
        "datetimeutc",
        "epoch",
        "unixtime",
        "t",
    ),
    "lat": ("lat", "latitude", "y", "latdeg"),
    "lon": ("lon", "longitude", "long", "lng", "x", "londeg"),
    "sog": ("sog", "speed", "speedoverground", "speedkn", "speedknots", "sogkn", "sogknots", "speedkts"),
    "cog": ("cog", "course", "courseoverground", "cogdeg"),
    "heading": ("heading", "trueheading", "hdg"),
    "status": ("status", "navigationalstatus", "navstatus", "navigationstatus"),
    "message": ("msgtype", "messagetype", "message", "aismessagetype", "msgid"),
    "receiver": ("receiver", "station", "receiverid", "stationid", "source"),
    "imo": ("imo", "imonumber"),
    "name": ("vesselname", "name", "shipname", "vessel"),
    "callsign": ("callsign",),
    "ship_type": ("vesseltype", "shiptype", "shipandcargotype"),
    "length": ("length", "loa"),
    "width": ("width", "beam"),
    "draught": ("draft", "draught"),
    "destination": ("destination",),
}
_SPEED_UNITS = {
    "speedms": 1.943_844_49, "speedmps": 1.943_844_49, "sogms": 1.943_844_49, "speedmetrespersecond": 1.943_844_49,
    "speedkmh": 0.539_956_80, "speedkph": 0.539_956_80, "sogkmh": 0.539_956_80, "speedmph": 0.868_976_24,
}  # fmt: skip
_STATUS_WORDS = {
    "under way using engine": 0, "at anchor": 1, "not under command": 2, "restricted maneuverability": 3,
    "restricted manoeuvrability": 3, "constrained by her draught": 4, "moored": 5, "aground": 6,
    "engaged in fishing": 7, "under way sailing": 8, "ais-sart (active)": 14,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of a table by field.

    Attributes:
        name: of the layout.
        columns: field to column name.
        day_first: times are `DD/MM/YYYY HH:MM:SS`.
        speed_factor: from the unit of the speed column to knots.
    """

    name: str
    columns: Mapping[str, str]
    day_first: bool = False
    speed_factor: float = 1.0


def _folded(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def layout_of(header: Sequence[str], *, where: str, mapping: Mapping[str, str] | None = None) -> Layout:
    """The layout of a header.

    Args:
        header: column names.
        where: file, for words.
        mapping: our field to the user's column; columns that it does not name are found by their usual names.

    Raises:
        FormatError: a necessary column is missing, or the mapping names one that is not there (nearest suggested).
    """
    folded = {_folded(name): name for name in reversed(header)}
    columns: dict[str, str] = {}
    for field, column in (mapping or {}).items():
        if field not in (*FIELDS, *STATICS):
            near = difflib.get_close_matches(field, (*FIELDS, *STATICS), n=1)
            raise FormatError("no such field in the mapping", where=where, got=field, expected=" or ".join(near) or "")
        if column not in header:
            near = difflib.get_close_matches(column, header, n=1)
            raise FormatError(
                f"no column {column!r} for {field}",
                where=where,
                expected=f"one of {', '.join(header)}",
                step=f"did you mean {near[0]!r}?" if near else "",
            )
        columns[field] = column
    factor = 1.0
    for field, names in _NAMES.items():
        if field in columns:
            continue
        for name in names:
            if name in folded and folded[name] not in columns.values():
                columns[field] = folded[name]
                break
    for name, found in _SPEED_UNITS.items():
        if name in folded and "sog" not in columns:
            columns["sog"], factor = folded[name], found
    missing = [field for field in ("mmsi", "ts", "lat", "lon") if field not in columns]
    if missing:
        raise FormatError(
            f"no column for {', '.join(missing)}",
            where=where,
            got=", ".join(header)[:300],
            expected="columns such as MMSI, BaseDateTime, LAT, LON",
            step="name the columns: --map mmsi=COLUMN --map ts=COLUMN --map lat=COLUMN --map lon=COLUMN",
        )
    danish = "Type of mobile" in header
    if danish and columns.get("receiver"):
        del columns["receiver"]
    if columns.get("receiver", "").casefold() == "source" and "Data source type" not in header:
        # In Global Fishing Watch's tracks `source` names the labeller and no receiver.
        del columns["receiver"]
    name = (
        "danish" if danish else "marinecadastre" if "BaseDateTime" in header or "base_date_time" in header else "named"
    )
    return Layout(name=name, columns=columns, day_first=danish, speed_factor=factor)


def status_code(text: str) -> float:
    """Navigational status of its words or number; NaN where it is neither."""
    word = text.strip().casefold()
    if word.isdigit():
        return float(word)
    return float(_STATUS_WORDS.get(word, "nan"))
