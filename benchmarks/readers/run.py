"""Processor time to read one document of each format, child processes included, loading of libraries apart.

uv run python benchmarks/readers/run.py
"""

from __future__ import annotations

import resource

from observance.evidence.readers import read_document
from tests.evidence.readers import making

ARTICLE = making.PARAGRAPHS * 4


def spent() -> float:
    """Seconds of processor time of this process and its children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


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
        began = spent()
        for _ in range(times):
            document = read_document(data, name=name)
        each = (spent() - began) / times
        print(f"{name:10} {len(data):7} bytes {len(document.text):6} characters {each * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
