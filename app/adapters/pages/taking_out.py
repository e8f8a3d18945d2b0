"""Takes the text out of a page: UTF-8 on standard input, JSON on standard output.

A program of its own, run by `extraction.py`: a page that costs too much, or breaks a parser, ends
this process and nothing else.
"""

import json
import re
import resource
import sys

import trafilatura
from lxml import etree, html

MEMORY = 1 << 30  # bytes of address space
SECONDS = 8  # of the processor

# Marks inside a sentence would stand in its Markdown, and no reader sees them as letters.
_INLINE = ("b", "strong", "i", "em", "u", "s", "mark", "small", "span", "font", "code", "kbd")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # by whoever writes Markdown
_PROLOGUE = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_LEAST = 40  # characters below which a page is taken as a whole
# Around the text, or no text at all; trafilatura leaves them out where it finds a text by itself.
_AROUND = ("head", "nav", "footer", "script", "style", "noscript", "template", "svg", "iframe")
_PARSER = html.HTMLParser(remove_comments=True, remove_pis=True)
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "button", "dd", "div", "dl", "dt",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label",
    "li", "main", "ol", "option", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
))  # fmt: skip


def main() -> None:
    """Read one page within these bounds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    page = sys.stdin.buffer.read().decode()
    sys.stdout.write(json.dumps(taken_out(page)))


def taken_out(page: str) -> dict[str, str]:
    """The text of a page, and what it holds instead of one."""
    try:
        tree = html.document_fromstring(_PROLOGUE.sub("", page, count=1), parser=_PARSER)
    except (etree.ParserError, ValueError):  # nothing in it
        return {"text": "", "instead": ""}
    instead = _instead(tree)
    etree.strip_tags(tree, *_INLINE)
    etree.strip_elements(tree, *_AROUND, with_tail=False)
    whole, headings = _whole(tree), _headings(tree)
    text = trafilatura.extract(
        tree, output_format="markdown", include_comments=False, favor_recall=True
    )
    found = text if text and len(text) >= _LEAST else whole
    lines = [_ESCAPED.sub(r"\1", line) for line in found.split("\n")]
    return {"text": "\n".join(headings.get(each, each) for each in lines), "instead": instead}


def _headings(tree: html.HtmlElement) -> dict[str, str]:
    """Lines that are headings, as Markdown writes them: not every way of taking out keeps that."""
    found: dict[str, str] = {}
    for level in range(1, 5):
        for node in tree.iter(f"h{level}"):
            line = " ".join(node.text_content().split())
            found.setdefault(line, f"{'#' * level} {line}" if line else "")
    return found


def _instead(tree: html.HtmlElement) -> str:
    for meta in tree.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            return "moves"
    if any((field.get("type") or "").lower() == "password" for field in tree.iter("input")):
        return "asks"
    return "scripts" if next(tree.iter("script"), None) is not None else ""


def _whole(tree: html.HtmlElement) -> str:
    """Every line of a page, for pages that are hardly more than that."""
    parts: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if node.tag in _BLOCKS:
            parts.append("\n")
        parts.append((node.text if event == "start" else node.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


if __name__ == "__main__":
    main()
