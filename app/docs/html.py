"""Our Markdown as HTML: the few forms the pages are written in, everything else as it stands."""

import re
from collections.abc import Callable
from html import escape
from itertools import groupby

from app.docs.inline import inline, plain

_FENCE = re.compile(r"^```\w*\n(.*?)^```$\n?", re.MULTILINE | re.DOTALL)
_CELL = re.compile(r"(?:`[^`]*`|[^|`])+")
_KINDS = (
    ("heading", r"#{2,4} "),
    ("table", r"\|"),
    ("ul", r"- "),
    ("ol", r"\d+\. "),
    ("", r"\s*$"),
)


def html(text: str) -> str:
    """Prose and, at every second place, what stood between fences."""
    parts = _FENCE.split(text)
    return "".join((_prose, _code)[place % 2](part) for place, part in enumerate(parts))


def _prose(text: str) -> str:
    groups = groupby(text.splitlines(), key=_kind)
    return "".join(_BLOCKS[kind](list(lines)) for kind, lines in groups if kind)


def _kind(line: str) -> str:
    return next((kind for kind, form in _KINDS if re.match(form, line)), "paragraph")


def _code(text: str) -> str:
    return f'<figure class="code"><pre tabindex="0"><code>{escape(text)}</code></pre></figure>\n'


def _paragraph(lines: list[str]) -> str:
    return f"<p>{inline(' '.join(lines))}</p>\n"


def _headings(lines: list[str]) -> str:
    return "".join(map(_heading, lines))


def _heading(line: str) -> str:
    marks, text = line.split(" ", 1)
    name, level = plain(text), len(marks)
    id_ = escape(re.sub(r"[^\w]+", "-", name.lower()).strip("-"))
    link = f'<a class="anchor" href="#{id_}" aria-label="Link to: {escape(name)}">#</a>'
    return f'<h{level} id="{id_}">{inline(text)}{link}</h{level}>\n'


def _list(kind: str) -> Callable[[list[str]], str]:
    def made(lines: list[str]) -> str:
        items = "".join(f"<li>{inline(line.split(' ', 1)[1])}</li>" for line in lines)
        return f"<{kind}>{items}</{kind}>\n"

    return made


def _table(lines: list[str]) -> str:
    head, _rule, *rows = (_CELL.findall(line.strip().strip("|")) for line in lines)
    columns = "".join(f'<th scope="col">{inline(name.strip())}</th>' for name in head)
    body = "".join(_row(head, cells) for cells in rows)
    return (
        '<div class="holder"><table class="table cards">'
        f"<thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )


def _row(head: list[str], cells: list[str]) -> str:
    first, *rest = (inline(cell.strip()) for cell in cells)
    labels = (escape(plain(name.strip())) for name in head[1:])
    named = zip(labels, rest, strict=True)
    more = "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in named)
    return f'<tr><th scope="row">{first}</th>{more}</tr>'


_BLOCKS: dict[str, Callable[[list[str]], str]] = {
    "heading": _headings,
    "table": _table,
    "ul": _list("ul"),
    "ol": _list("ol"),
    "paragraph": _paragraph,
}
