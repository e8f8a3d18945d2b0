"""Typed spans with exact offsets; none crosses a line, save a last one nobody reaches."""

import re

from app.adapters.engines.embedded.reading.asking import opens_ask
from app.domain.panel.shapes import Span
from app.domain.panel.word_sets import word_set

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_CHUNK = re.compile(r"\S+")
_LINK = re.compile(
    r"(?:https?://|www\.)\S{1,2000}"
    r"|[\w.-]{1,80}\.(?:com|io|org|net|dev|ai|app|co)(?:/\S{0,2000})?(?=[,.;:!?)]*$)"
)
_URL = re.compile(r"https?://|www\.")
_MARKS = ".!?…。！？؟।"  # noqa: RUF001 - sentence ends of several scripts
_WIDE_MARKS = re.compile(r"[。！？]")  # noqa: RUF001 - these end a sentence without a blank
_CLOSERS = "\"'”’)]}»*_"  # noqa: RUF001
_BULLETS = ("-", "*", "•", "–", "—", "▪", "✓", "✔", "✅", "👉", "→", "·")  # noqa: RUF001
_NUMBERED = re.compile(r"\d{1,3}[.)]$")
_SHORT_FORMS = word_set(
    "mr. mrs. ms. dr. prof. e.g. i.e. etc. vs. no. inc. ltd. co. st. u.s. u.k. a.m. p.m."
    " approx. est. jr. sr. fig. al."
)
_ORDINAL = re.compile(r"\d{1,2}\.")
_BEFORE_A_DAY = word_set("am dem den der des vom zum bis ab im")
_MOST = 2_000  # spans; the rest of a text cut finer than that is one, far behind any budget
_LONGEST = 360  # characters of one span
_LONGEST_CHUNK = 160  # characters without a blank that are read in one go
_HEADLINE_WORDS = 14
_HEADED = ("linkedin", "url", "markdown")

_Piece = tuple[int, int, str]


def split(text: str, content_type: str) -> tuple[Span, ...]:
    """Every readable piece in reading order; at least one, whatever the text."""
    lines = [line for line in _LINE.finditer(text) if line[0].strip()]
    pieces: list[_Piece] = []
    for number, line in enumerate(lines):
        first = number == 0 and len(lines) > 1 and content_type in _HEADED
        pieces += _line_pieces(text, line.start(), line.end(), headed=first)
        if len(pieces) > _MOST:
            pieces[_MOST:] = [(pieces[_MOST][0], lines[-1].end(), "sentence")]
            break
    pieces = pieces or [(0, len(text), "sentence")]
    return tuple(
        Span(i, start, end, text[start:end], kind, _words(text[start:end]))
        for i, (start, end, kind) in enumerate(pieces)
    )


def _line_pieces(text: str, start: int, end: int, *, headed: bool) -> list[_Piece]:
    chunks = _chunks(text, start, end)
    marker = text[chunks[0][0] : chunks[0][1]]
    if marker.strip("#") == "" and len(marker) <= 6 and len(chunks) > 1:
        return [(chunks[1][0], chunks[-1][1], "headline")]
    if len(chunks) > 1 and (marker in _BULLETS or _NUMBERED.match(marker)):
        return _kinds(text, _sentences(text, chunks[1:]), "bullet")
    sentences = _sentences(text, chunks)
    if headed and len(sentences) == 1 and len(chunks) <= _HEADLINE_WORDS:
        return [(*sentences[0], "headline")]
    return _kinds(text, sentences, "sentence")


def _chunks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between blanks, cut where it is too long to be a word."""
    chunks = []
    for match in _CHUNK.finditer(text, start, end):
        here = match.start()
        for wide in _WIDE_MARKS.finditer(text, match.start(), match.end()):
            chunks.append((here, wide.end()))
            here = wide.end()
        while match.end() - here > _LONGEST_CHUNK and not _URL.match(text, here):
            chunks.append((here, here + _LONGEST_CHUNK))
            here += _LONGEST_CHUNK
        if here < match.end():
            chunks.append((here, match.end()))
    return chunks


def _sentences(text: str, chunks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of chunks up to a sentence end; a closing run of links or hashtags stands alone."""
    tags = _closing_tags(text, chunks)
    body = chunks[: len(chunks) - tags]
    runs: list[tuple[int, int]] = []
    begin = chunks[0][0]
    for place, (start, end) in enumerate(body):
        last = place + 1 == len(body)
        ends = _ends(text[max(start, end - 12) : end]) and not _day(text, body[: place + 1])
        if last or end - begin > _LONGEST or ends:
            runs.append((begin, end))
            begin = chunks[place + 1][0] if not last else end
    return [*runs, *_runs_of_tags(text, chunks[len(body) :])]


def _closing_tags(text: str, chunks: list[tuple[int, int]]) -> int:
    count = 0
    while count < len(chunks) and _is_tag(text, *chunks[-1 - count]):
        count += 1
    if count in (0, len(chunks)) or count > 1:
        return count
    before = text[chunks[-2][1] - 1]
    return 0 if before.isalnum() else count  # "we love #python" is one sentence


def _runs_of_tags(text: str, tags: list[tuple[int, int]]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for start, end in tags:
        joins = runs and text[start] == "#" == text[runs[-1][0]]
        if joins:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _ends(tail: str) -> bool:
    bare = tail.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _MARKS and tail.lower() not in _SHORT_FORMS


def _day(text: str, chunks: list[tuple[int, int]]) -> bool:
    """Whether the last chunk numbers a day, as in `am 3. Mai`."""
    if len(chunks) < 2 or not _ORDINAL.fullmatch(text, *chunks[-1]):
        return False
    start, end = chunks[-2]
    return end - start < 5 and text[start:end].lower() in _BEFORE_A_DAY


def _is_tag(text: str, start: int, end: int) -> bool:
    if text[start] == "#":
        return any(char.isalpha() for char in text[start : min(end, start + 80)])
    return bool(_LINK.match(text[start:end]))


def _kinds(text: str, runs: list[tuple[int, int]], plain: str) -> list[_Piece]:
    return [(start, end, _kind(text[start:end], plain)) for start, end in runs]


def _kind(piece: str, plain: str) -> str:
    chunks = piece.split()
    if all(chunk[0] == "#" for chunk in chunks) and any(char.isalpha() for char in piece[:80]):
        return "hashtag"
    if len(chunks) == 1 and _LINK.match(piece):
        return "link"
    return "ask" if opens_ask(piece) else plain


def _words(piece: str) -> int:
    return sum(any(char.isalnum() for char in chunk[:40]) for chunk in piece.split())
