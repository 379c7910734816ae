"""Composed documents for the tests of the workspace: invented outlets, invented people, real grammar."""

from pathlib import Path

TEXTS = {
    "wire.txt": (
        "publisher: Harbour Wire\npublished: 2024-05-03\nkind: news article\n",
        "North Korea shipped artillery shells to Russia in April, the defence minister of South Korea, "
        "Park Dae-jung, told Harbour Wire on Thursday.\n\n"
        "Russia denies receiving weapons from North Korea.\n",
    ),
    "offer.txt": (
        "publisher: Morning Ledger\npublished: 2024-05-04\nkind: news article\n",
        "Russia has offered North Korea diesel, two diplomats said.\n\nThe offer has not been taken up, they said.\n",
    ),
    "visit.txt": (
        "publisher: Coastal Times\npublished: 2024-05-05\nkind: news article\n",
        "A North Korean delegation visited Vladivostok on 2 May.\n",
    ),
}


def write_texts(folder: Path, copies: int = 1) -> list[Path]:
    """Write the texts with their metadata beside them; `copies` makes that many different files of each."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(copies):
        for name, (meta, text) in TEXTS.items():
            path = folder / f"{number:04d}-{name}"
            path.write_text(text + (f"\nNotice {number}.\n" if copies > 1 else ""), encoding="utf-8")
            path.with_name(path.stem + ".meta.yaml").write_text(meta, encoding="utf-8")
            written.append(path)
    return written
