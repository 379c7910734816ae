"""Elements of a page: which are hidden, which are blocks, which speak of page furniture, and what they pass on.

Hidden is what a browser does not show without scripts. Structure (nav, footer, form, roles) is a strong sign of
furniture, an aside or a class name a weak one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from observance.evidence.readers.html_tokens import Tag

__all__ = ["BLOCK", "CLOSES", "CLOSES_P", "VOID", "Element", "inherit"]

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time-block",
        "tr",
        "ul",
    ]
)
HIDDEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "svg",
        "math",
        "object",
        "noscript",
        "iframe",
        "canvas",
        "audio",
        "video",
        "select",
        "textarea",
        "title",
        "xmp",
        "noembed",
        "noframes",
        "datalist",
        "map",
    ]
)
CLOSES = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("tr", "td", "th"), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "tbody": (("thead", "tbody", "tfoot", "tr", "td", "th"), ("table",)),
    "tfoot": (("thead", "tbody", "tfoot", "tr", "td", "th"), ("table",)),
    "option": (("option",), ("select",)),
}
CLOSES_P = BLOCK - {"body", "html", "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "option", "legend"}
_STRONG = frozenset({"nav", "footer", "form", "button", "dialog", "menu", "search"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"})
_UNCLASSED = frozenset({"html", "body", "main", "article"})
_WEAK = frozenset(
    [
        "nav",
        "navigation",
        "menu",
        "footer",
        "sidebar",
        "promo",
        "promos",
        "teaser",
        "teasers",
        "related",
        "recommend",
        "recommended",
        "recommendations",
        "newsletter",
        "newsletters",
        "subscribe",
        "subscription",
        "signup",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "advert",
        "advertisement",
        "ad",
        "ads",
        "advertising",
        "sponsor",
        "sponsored",
        "share",
        "sharing",
        "social",
        "breadcrumb",
        "breadcrumbs",
        "comments",
        "popular",
        "trending",
        "mostread",
        "outbrain",
        "taboola",
        "paywall",
        "modal",
        "popup",
        "toolbar",
        "pagination",
        "pager",
        "tags",
        "taglist",
        "widget",
        "banner",
        "masthead",
        "skip",
        "login",
        "register",
        "more",
        "readmore",
        "latest",
        "disqus",
        "rail",
        "carousel",
        "toc",
        "copyright",
    ]
)
_BY = frozenset({"author", "byline", "authors", "bylines", "writer"})
_INVISIBLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_UNSEEN = frozenset(["hidden", "invisible", "hide", "sr", "visually", "screenreader"])
_TOKEN = re.compile(r"[a-z]+")


@dataclass(slots=True)
class Element:
    """An open element and what it passes on to what is inside."""

    name: str
    hidden: bool
    region: str
    link: bool
    kind: str
    article: int
    table: int
    main: bool
    by: bool


def inherit(parent: Element, tag: Tag, articles: int) -> Element:
    """The element that a start tag opens inside `parent`; `articles` have been opened before it."""
    name, attributes = tag.name, tag.attributes
    marks = set(_TOKEN.findall(f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()[:600]))
    hidden = parent.hidden or name in HIDDEN or "hidden" in attributes or attributes.get("aria-hidden") == "true"
    if not hidden and "style" in attributes:
        hidden = bool(_INVISIBLE.search(attributes["style"][:2000]))
    if not hidden and marks & _UNSEEN:
        joined = f"-{'-'.join(_TOKEN.findall(attributes.get('class', '').lower()[:300]))}-"
        hidden = "-sr-only-" in joined or "-visually-hidden-" in joined or "-screen-reader-" in joined
    region = parent.region
    if (name in _STRONG and not (name == "footer" and parent.kind == "quote")) or attributes.get("role") in _ROLES:
        region = "strong"
    elif region != "strong" and (name == "aside" or attributes.get("role") == "complementary"):
        region = "aside"
    elif not region and name not in _UNCLASSED and marks & _WEAK:
        region = "weak"
    article = articles + 1 if name == "article" else parent.article
    main = parent.main or name == "main" or attributes.get("role") == "main"
    return Element(
        name=name,
        hidden=hidden,
        region=region,
        link=parent.link or name == "a",
        kind=_kind(name, parent.kind),
        article=article,
        table=parent.table,
        main=main,
        by=parent.by
        or bool(marks & _BY)
        or attributes.get("rel") == "author"
        or attributes.get("itemprop") == "author",
    )


def _kind(name: str, parent: str) -> str:
    if parent in {"quote", "caption", "code"} and name not in {"figcaption", "pre"}:
        return parent
    match name:
        case "h1":
            return "headline"
        case "h2" | "h3" | "h4" | "h5" | "h6":
            return f"heading{name[1]}"
        case "blockquote":
            return "quote"
        case "figcaption" | "caption":
            return "caption"
        case "li" | "dt" | "dd":
            return "list_item"
        case "pre":
            return "code"
        case "td" | "th":
            return "table_cell"
        case "div" | "section" | "article" | "main" | "header" | "body" | "aside" | "table" | "figure" | "ul" | "ol":
            return parent if parent in {"table_cell", "list_item"} else "paragraph"
    return parent
