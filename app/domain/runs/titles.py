"""What a run is called: the name somebody gave it, else its address, else how its text begins."""

from app.kit.plain import plain

_LONGEST = 72


def title(label: str | None, url: str | None, content: str) -> str:
    """A name fit to be shown."""
    return plain(label or url or "") or words(content) or "Without words"


def of_comparison(label: str | None, first: str) -> str:
    """A comparison's name: its own, else that of its first version."""
    return title(label, first, "")


def words(text: str) -> str:
    """The first words of a text."""
    line = " ".join(plain(text).split()).lstrip("#>*- ")
    if len(line) <= _LONGEST:
        return line
    start = line[:_LONGEST]
    return (start.rpartition(" ")[0] or start).rstrip(",;:.-") + "…"
