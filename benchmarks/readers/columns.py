"""Paragraphs that come out of composed PDF reports exactly as they went in.

PYTHONPATH=. uv run python benchmarks/readers/columns.py 10
"""

from __future__ import annotations

import sys

from observance.evidence.readers import read_document
from tests.evidence.readers import test_pdf

LAYOUTS = ((1, False), (1, True), (2, False), (2, True), (3, False))


def main(seeds: int) -> None:
    total = whole = 0
    for seed in range(1, seeds + 1):
        test_pdf.PARAGRAPHS = tuple(test_pdf.sentences(seed * 1000 + n, 2 + n % 4) for n in range(24))
        for columns, indented in LAYOUTS:
            document = read_document(test_pdf.report(columns, indented=indented), name="report.pdf")
            found = test_pdf.of_kind(document, "paragraph")
            good = sum(paragraph in found for paragraph in test_pdf.PARAGRAPHS)
            if good < 24:
                print(f"seed {seed}, {columns} columns, indented {indented}: {good} of 24")
            total, whole = total + 24, whole + good
    print(f"{whole} of {total} paragraphs whole, in {seeds * len(LAYOUTS)} reports")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
