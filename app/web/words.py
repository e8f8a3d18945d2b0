"""What things are called on pages, and how much fits into their fields: the same everywhere."""

from flask import Flask

from app.domain import audiences
from app.domain.panel.preference import LETTERS
from app.domain.runs.keep import LONGEST_LABEL
from app.tools.ask import LONGEST_QUESTION
from app.tools.content import LONGEST_CONTENT, LONGEST_URL

KINDS = {
    "text": "plain text",
    "tweet": "tweet",
    "linkedin": "LinkedIn post",
    "markdown": "article",
    "url": "web page",
}
# How far a run is, and the badge that says so.
STATES = {
    "pending": ("Waiting", "waiting"),
    "running": ("Reading", "live"),
    "synthesizing": ("Writing the report", "live"),
    "complete": ("Complete", "done"),
    "failed": ("Failed", "bad"),
    "cancelled": ("Cancelled", "waiting"),
}
DECISIONS = {
    "stay": "stayed and read",
    "scroll": "scrolled past",
    "click": "clicked through",
    "save": "saved it for later",
}
LONGEST = {
    "content": LONGEST_CONTENT,
    "url": LONGEST_URL,
    "label": LONGEST_LABEL,
    "audience": audiences.LONGEST_TEXT,
    "audience_name": audiences.LONGEST_NAME,
    "question": LONGEST_QUESTION,
}


def register(app: Flask) -> None:
    """Give every template the words."""
    app.jinja_env.globals.update(
        kinds=KINDS, run_states=STATES, did=DECISIONS, longest=LONGEST, letters=LETTERS
    )
