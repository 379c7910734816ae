"""The name engine behind the adapter protocol of the screening benchmark: one JSON object a line in, one out."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

from observance.observations.matches.index import Index, build_index
from observance.observations.matches.records import EntityRecord, NameRecord, Query
from observance.observations.matches.screen import compare, screen_many


def _record(row: dict[str, Any]) -> EntityRecord:
    return EntityRecord(
        id=row["id"],
        schema=row["schema"],
        names=tuple(NameRecord(text=name) for name in row["names"]),
        imo=(row["imo"],) if row.get("imo") else (),
        mmsi=tuple(row.get("mmsi") or ()),
        flag=row.get("flag") or "",
    )


def _query(row: dict[str, Any]) -> Query:
    mmsi = row.get("mmsi") or ""
    return Query(
        name=row.get("name") or "",
        schema=row.get("schema") or "",
        imo=row.get("imo") or "",
        mmsi=mmsi if isinstance(mmsi, str) else next(iter(mmsi), ""),
        flag=row.get("flag") or "",
    )


def _load(path: str) -> Index:
    gc.disable()
    with Path(path).open(encoding="utf-8") as handle:
        index = build_index(_record(json.loads(line)) for line in handle)
    # The index lives as long as the process: the collector need not walk it again and again.
    gc.collect()
    gc.freeze()
    gc.enable()
    return index


def _screen(index: Index, queries: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    answers = screen_many(index, map(_query, queries), limit=limit)
    return [
        {
            "qid": row["qid"],
            "hits": [
                {
                    "id": h.entity_id,
                    "score": h.score,
                    "name": h.name,
                    "rule": h.rule,
                    "alignment": [(a.asked, a.listed, a.why) for a in h.alignment],
                }
                for h in (*answer.hits, *answer.near_misses)[:limit]
            ],
        }
        for row, answer in zip(queries, answers, strict=True)
    ]


def main() -> None:
    """Answer until the input ends."""
    index: Index | None = None
    for line in sys.stdin:
        request = json.loads(line)
        match request["op"]:
            case "load":
                index = None
                index = _load(request["path"])
                answer: dict[str, Any] = {"entities": len(index)}
            case "screen" if index is not None:
                answer = {"results": _screen(index, request["queries"], request["limit"])}
            case "pairs":
                pairs = request["pairs"]
                answer = {
                    "results": [
                        {"pid": p["pid"], "score": compare(p.get("schema") or "", p["name1"], p["name2"]).score}
                        for p in pairs
                    ]
                }
            case other:
                answer = {"error": f"cannot answer {other!r} now"}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
