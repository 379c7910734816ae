"""What a page says of itself: publisher, date, title, author, address, language.

Order of trust: JSON-LD of schema.org (NewsArticle and its kin), Open Graph and `article:*`, Dublin Core and plain
`meta`, `time`, `title`. Nothing is guessed: a page without a date has none.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from observance.model import DocumentMeta

__all__ = ["Head", "day_of", "first_day"]

_ARTICLES = re.compile(
    r"(?:News|Blog|Live|Report|Scholarly|Tech|Opinion|Analysis|Review|Satirical)?[A-Za-z]*(?:Article|Posting|Report)$"
)
_SEPARATOR = re.compile(r"\s+[|\-–—·:»]\s+")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?=$|[T\s])")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_WRITTEN = re.compile(
    r"\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>[A-Za-z]{3,9})\.?,?\s+(?P<y1>\d{4})|"
    r"(?P<m2>[A-Za-z]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4}))\b"
)


def day_of(text: str) -> str | None:
    """The EDTF day (or month) that a date string begins with; only forms that leave no doubt about day and month."""
    text = text.strip()
    iso = _ISO.match(text)
    if iso:
        year, month, day = iso.groups()
        return _sound(year, int(month), int(day) if day else None)
    written = _WRITTEN.search(text)
    if not written:
        return None
    month_name = (written["m1"] or written["m2"]).lower()
    number = _MONTHS.get(month_name)
    return _sound(written["y1"] or written["y2"], number, int(written["d1"] or written["d2"])) if number else None


def _sound(year: str, month: int, day: int | None) -> str | None:
    from datetime import date

    try:
        date(int(year), month, day or 1)
    except ValueError:
        return None
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")


def first_day(lines: list[str]) -> str | None:
    """The first day named in lines that are only time stamps."""
    return next((found for found in map(day_of, lines) if found), None)


@dataclass(slots=True)
class Head:
    """Collects what the page says while it is walked; `meta` sums it up."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    title: str = ""
    canonical: str = ""
    language: str = ""

    def add_meta(self, attributes: dict[str, str]) -> None:
        """Take a `meta` element."""
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        value = " ".join(attributes.get("content", "").split())[:500]
        if key and value and len(self.metas) < 500:
            self.metas.setdefault(key, []).append(value)

    def meta(self, headline: str | None) -> DocumentMeta:
        """The sum; `headline` is the visible one."""
        linked = self._linked()
        title = (
            linked.get("title")
            or headline
            or self._first("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
            or self.title
            or None
        )
        return DocumentMeta(
            publisher=linked.get("publisher")
            or self._first(
                "og:site_name",
                "publisher",
                "dc.publisher",
                "dcterms.publisher",
                "article:publisher_name",
                "citation_publisher",
                "application-name",
            )
            or self._publisher_in_title(headline),
            published=self._published(linked),
            title=_one_line(title),
            url=_http(self.canonical or self._first("og:url") or linked.get("url")),
            language=_language(self.language or self._first("og:locale", "dc.language", "language")),
            author=linked.get("author") or self._author(),
        )

    def _first(self, *keys: str) -> str | None:
        return next((self.metas[key][0] for key in keys if key in self.metas), None)

    def _author(self) -> str | None:
        for key in (
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "parsely-author",
            "citation_author",
        ):
            names = [name for name in self.metas.get(key, ()) if not name.startswith(("http:", "https:", "//"))]
            if names:
                return _one_line(", ".join(names).removeprefix("By "))
        return None

    def _published(self, linked: dict[str, str]) -> str | None:
        said = [linked.get("published", "")]
        for key in (
            "article:published_time",
            "og:published_time",
            "datepublished",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.created",
            "parsely-pub-date",
            "sailthru.date",
            "citation_publication_date",
            "article.published",
            "originalpublicationdate",
        ):
            said.extend(self.metas.get(key, ())[:1])
        said.extend(self.times[:1])
        return first_day([text for text in said if text])

    def _publisher_in_title(self, headline: str | None) -> str | None:
        """`Headline | Site` names the site where the headline is known from elsewhere."""
        known = " ".join((headline or self._first("og:title") or "").split())
        title = " ".join(self.title.split())
        if not known or not title.startswith(known) or len(title) <= len(known):
            return None
        rest = _SEPARATOR.match(" " + title[len(known) :].strip() + " ") or _SEPARATOR.match(title[len(known) :])
        name = title[len(known) :].strip(" |-–—·:»")
        return name if rest and 1 < len(name) < 60 else None

    def _linked(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for text in self.linked[:20]:
            try:
                data = json.loads(text[:400_000], strict=False)
            except (ValueError, RecursionError):
                continue
            for node in _nodes(data):
                kinds = node.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if not any(isinstance(name, str) and _ARTICLES.fullmatch(name) for name in names):
                    continue
                for key, value in (
                    ("title", _text(node.get("headline") or node.get("name"))),
                    ("published", _text(node.get("datePublished") or node.get("dateCreated"))),
                    ("publisher", _name(node.get("publisher") or node.get("sourceOrganization"))),
                    ("author", _name(node.get("author") or node.get("creator"))),
                    ("url", _text(node.get("url"))),
                ):
                    if value:
                        found.setdefault(key, value)
        return found


def _nodes(data: Any, depth: int = 0) -> list[dict[str, Any]]:
    if depth > 4:
        return []
    if isinstance(data, list):
        return [node for item in data[:200] for node in _nodes(item, depth + 1)]
    if isinstance(data, dict):
        inner = [data.get("@graph"), data.get("mainEntity"), data.get("liveBlogUpdate")]
        return [data, *(node for item in inner if item is not None for node in _nodes(item, depth + 1))]
    return []


def _text(value: Any) -> str:
    return " ".join(value.split())[:500] if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for name in map(_name, value[:20]) if name))
    if isinstance(value, dict):
        return _text(value.get("name"))
    name = _text(value)
    return "" if name.startswith(("http:", "https:")) else name


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split())[:300] or None if text else None


def _http(url: str | None) -> str | None:
    return url if url and re.match(r"https?://", url) else None


def _language(label: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", label.strip()) if label else None
    return found[0].lower() if found else None
