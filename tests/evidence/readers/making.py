"""Documents made for the tests, in our own words: one short article in every format we read."""

from __future__ import annotations

import html
import io
import zipfile
from email.message import EmailMessage

PARAGRAPHS = (
    "The freighter left the northern port on 3 March with about 4,000 tonnes of coal, two officials of the “authority” said on Monday.",
    "“We saw no flag on her stern,” the harbour master told the Fjord Courier, adding that the crew had painted over the name.",
    "The ministry denied that the cargo was coal. It said that the ship carried gravel & sand for a dam.",
    "A tanker of the same owner was seen beside her on 5 March; what passed between the two ships is not known.",
)
TITLE = "Freighter without a flag leaves northern port"


def text(paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    return "\n".join(paragraphs).encode()


def page(paragraphs: tuple[str, ...] = PARAGRAPHS, *, head: str = "", before: str = "", after: str = "") -> bytes:
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Fjord Courier</title>{head}</head>'
        f"<body>{before}<article><h1>{TITLE}</h1>{body}</article>{after}</body></html>"
    ).encode()


def pdf(markup: str) -> bytes:
    import pytest

    try:
        import weasyprint
    except (ImportError, OSError):
        pytest.skip("WeasyPrint (extra `pdf`, system pango) is not on this machine")
    made: bytes = weasyprint.HTML(string=markup).write_pdf()
    return made


def pdf_of(paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    return pdf("<body>" + "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs) + "</body>")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f'<w:styles {W}><w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style></w:styles>'
)


def docx(body: str, *, extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", STYLES)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def docx_of(paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    return docx("".join(f"<w:p><w:r><w:t>{html.escape(paragraph)}</w:t></w:r></w:p>" for paragraph in paragraphs))


def mail(
    paragraphs: tuple[str, ...] = PARAGRAPHS, *, transfer: str = "quoted-printable", subtype: str = "plain"
) -> bytes:
    message = EmailMessage()
    message["From"] = "Jane Doe <jane@example.org>"
    message["To"] = "Panel <panel@example.org>"
    message["Date"] = "Wed, 19 Jun 2024 08:00:00 +0900"
    message["Subject"] = "Schiff ohne Flagge – 선박"
    message["Message-ID"] = "<1@example.org>"
    if subtype == "plain":
        message.set_content("\n".join(paragraphs) + "\n-- \nJane Doe\n", cte=transfer)
    else:
        message.set_content(page(paragraphs).decode(), subtype="html", cte=transfer)
    return message.as_bytes()


def rss() -> bytes:
    items = "".join(
        f"<item><title>Item {n}</title><description>{html.escape(f'<p>{html.escape(p)}</p>')}</description></item>"
        for n, p in enumerate(PARAGRAPHS)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Fjord Courier</title>{items}</channel></rss>'.encode()
    )


def warc(body: bytes | None = None, *, gzip: bool = True, url: str = "https://courier.example/ship") -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    payload = io.BytesIO(body if body is not None else page())
    writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=head))
    return out.getvalue()
