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

from app.docs import code, figures
from app.docs.search import anchor_of

LANGUAGES = ("cURL", "Python", "TypeScript", "Claude Code", "MCP")
"""Captions of code that says the same in different tongues: side by side they become tabs."""

_CAPTIONS = {
    "sh": "Terminal",
    "json": "JSON",
    "python": "Python",
    "ts": "TypeScript",
    "bash": "Terminal",
}
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
        if language == figures.FENCE:
            return figures.drawn(caption, tokens[idx].content)
        marked = code.marked(tokens[idx].content, language)
        said = caption if caption and caption not in LANGUAGES else _CAPTIONS.get(language, "")
        head = f"<figcaption><span>{escape(said)}</span></figcaption>"  # has the copy button too
        return (
            f'<figure class="code">{head}<pre tabindex="0"><code>{marked}</code></pre></figure>\n'
        )

    def tabs_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        group = f"tabs-{tokens[idx].meta['number']}"
        labels = "".join(
            f'<label><input type="radio" name="{group}" value="{escape(name)}"'
            f"{' checked' if place == 0 else ''}>{escape(name)}</label>"
            for place, name in enumerate(tokens[idx].meta["names"])
        )
        legend = '<legend class="sr">Language</legend>'
        return f'<div class="tabs"><fieldset>{legend}{labels}</fieldset>\n'

    def tabs_close(self, *_: Any) -> str:
        return "</div>\n"

    def pane_open(self, *_: Any) -> str:
        return '<div class="pane">'

    def pane_close(self, *_: Any) -> str:
        return "</div>\n"

    def table_open(self, *_: Any) -> str:
        return '<div class="holder"><table class="table cards">\n'

    def table_close(self, *_: Any) -> str:
        return "</table></div>\n"


def _headings_have_names(state: StateCore) -> None:
    for place, token in enumerate(state.tokens):
        if token.type == "heading_open":
            name = _plain(state.tokens[place + 1])
            token.attrSet("id", anchor_of(name))


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


def _tongues_are_tabs(state: StateCore) -> None:
    """Two or more fences in a row, each in a tongue of its own, are one group."""
    tokens: list[Token] = []
    waiting: list[Token] = []
    number = 0
    for token in [*state.tokens, None]:
        if token is not None and token.type == "fence" and _tongue(token):
            waiting.append(token)
            continue
        if len(waiting) > 1:
            number += 1
            waiting = _tabbed(waiting, number)
        tokens += waiting
        waiting = []
        if token is not None:
            tokens.append(token)
    state.tokens = tokens


def _tongue(fence: Token) -> str:
    caption = fence.info.partition(" ")[2]
    return caption if caption in LANGUAGES else ""


def _tabbed(fences: list[Token], number: int) -> list[Token]:
    names = [_tongue(fence) for fence in fences]
    group = [Token("tabs_open", "", 1, meta={"number": number, "names": names})]
    for fence in fences:
        group += [Token("pane_open", "", 1), fence, Token("pane_close", "", -1)]
    return [*group, Token("tabs_close", "", -1)]


def _plain(inline: Token) -> str:
    """A line without its marks, for names and labels."""
    return "".join(
        each.content for each in inline.children or () if each.type in {"text", "code_inline"}
    )


def _made() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    for rule in (_headings_have_names, _rows_have_headers, _twins_are_pages, _tongues_are_tabs):
        made.core.ruler.push(rule.__name__, rule)
    return made


_MARKDOWN = _made()
