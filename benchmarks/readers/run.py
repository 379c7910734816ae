"""Time to read one document of each format, loading of libraries apart.

uv run python benchmarks/readers/run.py
"""

from __future__ import annotations

import time

from tests.evidence.readers import making

from observance.evidence.readers import read_document

ARTICLE = making.PARAGRAPHS * 4


def main() -> None:
    menu = "<nav>" + "<a href=x>World</a> " * 60 + "</nav>"
    cards = (
        "<aside class=related>" + "<div><h3><a href=y>Other story</a></h3><p>Teaser of it.</p></div>" * 20 + "</aside>"
    )
    files = {
        "a.txt": (making.text(ARTICLE), 300),
        "a.html": (making.page(ARTICLE, before=menu, after=cards), 100),
        "a.docx": (making.docx_of(ARTICLE), 100),
        "a.eml": (making.mail(ARTICLE), 60),
        "a.warc.gz": (making.warc(making.page(ARTICLE)), 60),
        "a.pdf": (making.pdf_of(ARTICLE), 10),
    }
    for name, (data, times) in files.items():
        read_document(data, name=name)
        began = time.perf_counter()
        for _ in range(times):
            document = read_document(data, name=name)
        spent = (time.perf_counter() - began) / times
        print(f"{name:10} {len(data):7} bytes {len(document.text):6} characters {spent * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
