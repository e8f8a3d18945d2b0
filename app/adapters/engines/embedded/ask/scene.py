"""What people would do, in the words of where they read."""

_WOULD = {"stay": "read on", "click": "go further", "save": "save it"}
_LEAVE = {"tweet": "scroll past", "linkedin": "scroll past", "url": "leave"}


def would(content_type: str, decision: str) -> str:
    """The infinitive of a decision."""
    if decision == "scroll":
        return _LEAVE.get(content_type, "stop reading")
    return _WOULD[decision]
