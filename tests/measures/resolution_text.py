"""A composed resolution in the layout of the Security Council: invented words, real shape.

Two columns, running heads, page numbers, notes, sub-paragraphs of two depths, parts counted inside a sentence,
references that look like paragraph marks, headings, annexes in which the numbers begin again.
"""

HEAD = "S/RES/2375 (2017)"
PREAMBLE = [
    "The Security Council,",
    "Recalling the composed texts of earlier years and their annexes,",
    "Acting under Chapter VII of the Charter, and taking measures under its Article 41,",
]
# number -> text; references inside must open nothing.
PARAGRAPHS = {
    "1": "Condemns the invented act of that month, which this composed text tells for a test of layout alone;",
    "2": "Reaffirms what paragraph 8 (d) of another text says, and what stands in its paragraphs 3 (a) and (b), as read on 12. and on 14. of that month;",
    "3": "Decides on the following things:",
    "3(a)": "The first thing, which has parts:",
    "3(a)(i)": "part one of the first thing;",
    "3(a)(ii)": "part two of the first thing; and",
    "3(b)": "The second thing, which has none;",
    "4": "Decides to adjust what paragraph 8 imposes through further names of goods, and tells the body to report within fifteen days;",
    "5": "Calls for an inspection of what is called cargo in this text, and says so at some length, so that the paragraph goes over a line, a column and perhaps a page, as paragraphs of such texts do when they are written by many hands;",
    "6": "Decides (i) that one thing holds; and (ii) that another holds;",
    "7": "Regrets what has to be regretted;",
    "8": "Notes what has to be noted;",
    "9": "Recalls what has to be recalled;",
    "10": "Clarifies what has to be clarified;",
    "11": "Decides that no invented ship shall hand over any composed goods to another on the high seas of this text;",
    "12": "Decides to remain seized of the matter.",
}
HEADINGS = {"4": "Designations", "11": "Maritime Matters"}
ANNEX = {"Annex I": ["FIRST INVENTED NAME", "SECOND INVENTED NAME"], "Annex II": ["THIRD INVENTED NAME"]}
ORDER = list(PARAGRAPHS)


def written(number: str) -> str:
    """A paragraph with its own mark: `3.`, `(a)`, `(i)`."""
    mark = f"{number}." if "(" not in number else number[number.rindex("(") :]
    return f"{mark} {PARAGRAPHS[number]}"


def plain(width: int = 72) -> str:
    """As a text that somebody copied out of a PDF: wrapped lines, heads and page numbers in between."""
    import textwrap

    lines = [f"United Nations {' ' * 30}{HEAD}", "Security Council", "", "Resolution 2375 (2017)", ""]
    for words in PREAMBLE:
        lines += [*textwrap.wrap(words, width), ""]
    for index, number in enumerate(ORDER):
        if number in HEADINGS:
            lines += ["", HEADINGS[number], ""]
        wrapped = textwrap.wrap(written(number), width)
        if index in {4, 9, 12}:
            # A page turns inside the paragraph.
            wrapped[1:1] = ["", f"17-15880 {' ' * 40} {index}/9", HEAD, ""]
        lines += wrapped
    for title, names in ANNEX.items():
        lines += ["", title, "", *(f"{i}. {name}\n(a) Description: invented." for i, name in enumerate(names, 1))]
    return "\n".join(lines) + "\n"


def html(*, columns: bool = False) -> str:
    """As a page; `columns` sets it in two, with running heads, for printing."""
    style = (
        "@page{size:A5;margin:22mm 15mm;@top-right{content:'" + HEAD + "'}@bottom-left{content:'17-15880'}"
        "@bottom-right{content:counter(page) '/' counter(pages)}}body{font:9pt serif}"
        + ("main{columns:2;column-gap:8mm}" if columns else "")
    )
    body = "".join(f"<p>{words}</p>" for words in PREAMBLE)
    for number in ORDER:
        if number in HEADINGS:
            body += f"<h3>{HEADINGS[number]}</h3>"
        body += f"<p>{written(number)}</p>"
    for title, names in ANNEX.items():
        body += f"<h2>{title}</h2>" + "".join(
            f"<p>{i}. {name}</p><p>(a) Description: invented.</p>" for i, name in enumerate(names, 1)
        )
    return f"<html><head><title>Resolution 2375 (2017)</title><style>{style}</style></head><body><main><h1>Resolution 2375 (2017)</h1>{body}</main></body></html>"
