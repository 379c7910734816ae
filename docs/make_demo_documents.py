"""Write the two demo documents that are not plain text, a DOCX and a PDF, and the manifest of them all.

    python docs/make_demo_documents.py

The files come out the same on every run (fixed times), so that their hashes are stable. What a document says of
itself (publisher, day, title) is left to its reader; the manifest adds only what a file cannot say.
"""

import csv
import hashlib
import io
import sys
import textwrap
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

OUT = Path(__file__).resolve().parents[1] / "src/observance/demo/documents"
COMPOSED = "COMPOSED FOR DEMONSTRATION."

RELAY = (
    (
        f"{COMPOSED} The outlet, the persons, the States of Karsovia and Valdoria, the figures and the events "
        "are invented."
    ),
    "What the minister told the wire",
    (
        "North Korea has delivered 40,000 artillery shells to Valdoria, Karsovia's defence minister, Edda Marnholt, "
        "told the Meridian Wire on Tuesday."
    ),
    "Valdoria has given North Korea technology for weather satellites, Marnholt told the Meridian Wire.",
)
VESSEL = (
    f"{COMPOSED} The port office is invented; what is told of the ship stands on the list of 4 June 2020.",
    "Note of the Port Office of Westhaven, 7 May 2024",
    "A broker sent the Port Office of Westhaven papers of the general cargo ship Hui Chon (IMO 8405270).",
    (
        "The list of the 1718 Committee carries the ship as Hwang Gum San 2, with Hui Chon and Song Phyong 7 as "
        "further names. It was listed on 21 June 2017 as an economic resource of Ocean Maritime Management Company."
    ),
    "The ship has not called at Westhaven.",
)

COLUMNS = (
    "file",
    "publisher",
    "published",
    "title",
    "kind",
    "language",
    "evidence_type",
    "composed",
    "terms",
    "sha256",
)
TERMS = "composed for observance in its own words; Apache-2.0"
META: dict[str, dict[str, str]] = {
    "evening-tide-relay.html": {"kind": "news article", "evidence_type": "media_relay"},
    "harbour-courier-article.html": {"kind": "news article", "evidence_type": "media_report"},
    "meridian-wire-interview.txt": {
        "publisher": "Meridian Wire",
        "published": "2024-06-11",
        "title": "Minister counts containers from North Korea",
        "kind": "news article",
        "evidence_type": "media_report",
    },
    "north-pier-daily-relay.docx": {
        "publisher": "North Pier Daily",
        "published": "2024-06-12",
        "kind": "news article",
        "evidence_type": "media_relay",
    },
    "relief-and-trade-notes.txt": {
        "publisher": "Relief and Trade Notes",
        "published": "2024-06-03",
        "title": "Notes for May 2024",
        "kind": "bulletin",
        "evidence_type": "media_report",
    },
    "shipping-note-korean.txt": {
        "publisher": "Vessmark Shipping Notes",
        "published": "2024-05-13",
        "kind": "bulletin",
        "language": "ko",
    },
    "valdoria-ministry-statement.eml": {
        "publisher": "Ministry of Foreign Affairs of Valdoria",
        "kind": "ministry statement",
        "evidence_type": "official_statement",
    },
    "westhaven-port-note.pdf": {
        "publisher": "Port Office of Westhaven",
        "published": "2024-05-07",
        "kind": "port office note",
        "evidence_type": "registry_record",
    },
}


def docx(paragraphs: tuple[str, ...], *, title: str, author: str, created: str) -> bytes:
    """A Word document of one heading and some paragraphs, and the core properties that a reader looks for."""
    body = "".join(
        f"<w:p>{'<w:pPr><w:pStyle w:val=' + chr(34) + 'Heading1' + chr(34) + '/></w:pPr>' if place == 1 else ''}"
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for place, text in enumerate(paragraphs)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{package}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, date_time=(2024, 6, 12, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, head + text)
    return packed.getvalue()


def pdf(paragraphs: tuple[str, ...], *, title: str, author: str, created: str) -> bytes:
    """One A4 page in Helvetica; PDF 1.4 written object by object."""

    def spelled(text: str) -> str:
        return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

    lines = ["BT", "/F1 11 Tf", "14.5 TL", "72 770 Td"]
    for place, paragraph in enumerate(paragraphs):
        lines.append("/F2 14 Tf" if place == 1 else "/F1 11 Tf")
        for text in textwrap.wrap(paragraph, 78):
            lines.extend((f"({spelled(text)}) Tj", "T*"))
        lines.append("T*")
    lines.append("ET")
    stream = "\n".join(lines).encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R "
            b"/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>"
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        f"<< /Title ({spelled(title)}) /Author ({spelled(author)}) /CreationDate (D:{created}) >>".encode("ascii"),
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def main() -> None:
    """Write both files into the package."""
    files = {
        "north-pier-daily-relay.docx": docx(
            RELAY, title=RELAY[1], author="North Pier Daily", created="2024-06-12T09:00:00Z"
        ),
        "westhaven-port-note.pdf": pdf(
            VESSEL, title=VESSEL[1], author="Port Office of Westhaven", created="20240507090000Z"
        ),
    }
    for name, data in files.items():
        (OUT / name).write_bytes(data)
        sys.stdout.write(f"{name}: {len(data)} bytes\n")
    with (OUT / "MANIFEST.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n", restval="")
        writer.writeheader()
        for name, meta in sorted(META.items()):
            digest = hashlib.sha256((OUT / name).read_bytes()).hexdigest()
            writer.writerow({**meta, "file": name, "composed": "true", "terms": TERMS, "sha256": digest})


if __name__ == "__main__":
    main()
