"""A customer's text as data: between marks it cannot contain, each line behind a bar."""

import hashlib
import re
from collections.abc import Sequence

from app.kit.plain import plain

# What chat templates of open models read as the begin or end of a turn, wherever it stands.
_TURNS = re.compile(
    r"<(?=\||/?s>|/?start_of_turn|/?end_of_turn|<SYS>>|</SYS>>|/?system|/?assistant|/?user|/?think)"
    r"|\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_))"
    r"|\|(?=>)",
    re.IGNORECASE,
)


def harmless(text: str) -> str:
    """The text without what hides, reorders or plays a turn of the conversation."""
    return _TURNS.sub(lambda match: f"{match[0]} ", plain(text))


def quoted(name: str, lines: Sequence[str], *, numbered: bool = False) -> str:
    """The lines as a block of data; its marks come from what it holds, so it cannot hold them."""
    kept = [part for line in lines for part in (harmless(line).split("\n") or [""])]
    mark = hashlib.sha256("\n".join(kept).encode()).hexdigest()[:12]
    shown = [
        f"{number}| {line}" if numbered else f"| {line}" for number, line in enumerate(kept, 1)
    ]
    return "\n".join((f"<<{name} {mark}", *shown, f"{name} {mark}>>"))
