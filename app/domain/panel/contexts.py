"""Where and how a person meets the content: the format sets the scene, never the person."""

from app.domain.panel.streams import Stream

_FEED = (
    "thumbing through the feed on the train", "scrolling in bed before sleep",
    "checking the feed between two meetings", "waiting in a queue with the phone out",
    "on a coffee break, feed open", "half-watching television, phone in hand",
)  # fmt: skip
_WORK_FEED = (
    "skimming the work feed over coffee",
    "catching up on posts after lunch",
    "looking at notifications between calls",
    "scrolling the network feed on the commute",
    "putting off a dull task with a quick scroll",
)
_PAGE = (
    "came from a search with two other tabs open",
    "followed a link a colleague sent",
    "landed here from a newsletter",
    "comparing a few options at the desk",
    "tapped through from a post on the phone",
)
_READING = (
    "opened it on purpose with ten minutes to spare",
    "saved it earlier and reads it now",
    "reads it at the desk with a second window open",
    "got the link from a friend who liked it",
    "reads it on the sofa in the evening",
)
_PLAIN = (
    "was handed it and asked for a reaction",
    "found it in the inbox this morning",
    "reads it on the phone between two errands",
    "opened it at the desk before a meeting",
    "came across it while looking for something else",
)
_SCENES = {
    "tweet": _FEED, "linkedin": _WORK_FEED, "url": _PAGE, "markdown": _READING, "text": _PLAIN,
}  # fmt: skip
_OUTSIDE = {"adjacent": "; not quite the person it was written for",
            "accidental": "; it only crossed their path"}  # fmt: skip


def context_for(stream: Stream, content_type: str, circle: str) -> str:
    """One clause saying how this person came to read."""
    scene = stream.pick(_SCENES.get(content_type, _PLAIN))
    return scene + _OUTSIDE.get(circle, "")
