"""Our Markdown as HTML: CommonMark with tables, in the elements of our look."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.docs import code

_TWIN = re.compile(r"(/docs/[\w-]+)\.md(?=$|#)")


def html(text: str) -> str:
    """A page's text as HTML; markup in it is text."""
    return str(_MARKDOWN.render(text))


def headings(text: str) -> list[tuple[str, str]]:
    """The second-level headings of a text, as id and name: what stands on the page."""
    tokens = _MARKDOWN.parse(text)
    return [
        (str(token.attrs["id"]), _plain(tokens[place + 1]))
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]


class _Renderer(RendererHTML):
    """What a plain rendering lacks: anchors, figures around code, tables that fit a phone."""

    def heading_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        name, id_ = escape(_plain(tokens[idx - 1])), tokens[idx - 2].attrs["id"]
        link = f'<a class="anchor" href="#{id_}" aria-label="Link to: {name}">#</a>'
        return f"{link}</{tokens[idx].tag}>\n"

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        language, _, caption = tokens[idx].info.partition(" ")
        head = f"<figcaption><span>{escape(caption)}</span></figcaption>" if caption else ""
        marked = code.marked(tokens[idx].content, language)
        return (
            f'<figure class="code">{head}<pre tabindex="0"><code>{marked}</code></pre></figure>\n'
        )

    def table_open(self, *_: Any) -> str:
        return '<div class="holder"><table class="table cards">\n'

    def table_close(self, *_: Any) -> str:
        return "</table></div>\n"


def _headings_have_names(state: StateCore) -> None:
    for place, token in enumerate(state.tokens):
        if token.type == "heading_open":
            name = _plain(state.tokens[place + 1])
            token.attrSet("id", re.sub(r"[^\w]+", "-", name.lower()).strip("-"))


def _rows_have_headers(state: StateCore) -> None:
    """A row's first cell names it; the others say which column they are of (below 544 px)."""
    columns: list[str] = []
    column = 0
    for place, token in enumerate(state.tokens):
        if token.type == "table_open":
            columns = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            columns.append(_plain(state.tokens[place + 1]))
            token.attrSet("scope", "col")
        elif token.type in {"td_open", "td_close"}:
            _place_cell(token, columns, column)
            column += token.type == "td_close"


def _place_cell(token: Token, columns: list[str], column: int) -> None:
    if column == 0:
        token.tag = "th"
    if token.type == "td_open":
        name, value = ("scope", "row") if column == 0 else ("data-label", columns[column])
        token.attrSet(name, value)


def _twins_are_pages(state: StateCore) -> None:
    """Whoever reads a page follows its links to pages."""
    for token in (each for block in state.tokens for each in block.children or ()):
        if token.type == "link_open":
            token.attrSet("href", _TWIN.sub(r"\1", str(token.attrs["href"])))


def _plain(inline: Token) -> str:
    """A line without its marks, for names and labels."""
    return "".join(
        each.content for each in inline.children or () if each.type in {"text", "code_inline"}
    )


def _made() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    for rule in (_headings_have_names, _rows_have_headers, _twins_are_pages):
        made.core.ruler.push(rule.__name__, rule)
    return made


_MARKDOWN = _made()
