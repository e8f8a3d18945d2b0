"""Where the reading happens: what the content is called, what leaving and acting look like."""

import re

from app.domain.panel.shapes import Exposure, Persona

_FEED = {
    "left": "[kept scrolling|scrolled on|let it slide past]",
    "stayed": "[read on|stayed with it|gave it a proper read]",
    "went": "[tapped through|tapped it open|went after it]",
    "kept": "[saved it|bookmarked it|put it by for later]",
}
_PAGE = {
    "left": "[closed the tab|went back to my other tabs|left the page]",
    "stayed": "[kept reading|stayed on the page|read down the page]",
    "went": "[clicked through|clicked on|took the next step]",
    "kept": "[bookmarked it|saved the page|kept the tab open]",
}
_READING = {
    "left": "[stopped reading|put it down|moved on]",
    "stayed": "[kept reading|stayed with it|read on]",
    "went": "[went looking for more|followed it up|went after it]",
    "kept": "[saved it|put it aside to reread|kept it for later]",
}
DEEDS = {"tweet": _FEED, "linkedin": _FEED, "url": _PAGE, "markdown": _READING, "text": _READING}
_NOUNS = {"tweet": "post", "linkedin": "post", "url": "page", "markdown": "piece", "text": "text"}
_KINDS = {
    "tweet": ("post", "take", "tweet"),
    "linkedin": ("post", "update", "pitch"),
    "url": ("page", "pitch", "site"),
    "markdown": ("piece", "read", "page"),
    "text": ("text", "note", "message"),
}
_FIRST_PERSON = (
    (re.compile(r"\breads it\b"), "was reading it"),
    (re.compile(r"\btheir\b"), "my"),
    (re.compile(r"\bwas handed\b"), "was handed"),
)
_PAST = re.compile(
    r"(?:was|were|came|followed|landed|tapped|opened|saved|got|found|had|met|saw|read|stumbled)\b"
)


def noun_for(content_type: str) -> str:
    """What a reader calls the content."""
    return _NOUNS.get(content_type, "text")


def glance_nouns(content_type: str) -> tuple[str, ...]:
    """What a reader takes the content for at first sight."""
    return _KINDS.get(content_type, _KINDS["text"])


def deeds(content_type: str) -> dict[str, str]:
    """The words for leaving, staying, acting and keeping, as choices for a schema."""
    return DEEDS.get(content_type, _READING)


def scope(exposure: Exposure) -> str:
    """How far a reader can vouch for what is missing."""
    return "anywhere" if exposure.finished else "in what I read"


def position(place: int | None, read: int, *, finished: bool) -> str:
    """Where in the reading something stood."""
    if place is None or read == 1:
        return "in the only line I took in"
    if place == 0:
        return "right at the top"
    if place == read - 1:
        return "at the very end" if finished else "just before I stopped"
    return "a line further down" if place == 1 else "further down"


def first_person(persona: Persona) -> str:
    """How a person came to read, in their own mouth: "I was scrolling in bed"."""
    clause = persona.context.split(";")[0].strip(" .") or "passing by"
    for pattern, mine in _FIRST_PERSON:
        clause = pattern.sub(mine, clause)
    return f"I {clause}" if _PAST.match(clause) else f"I was {clause.removeprefix('was ')}"
