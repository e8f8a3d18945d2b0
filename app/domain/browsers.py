"""What a browser is called, in words of ours: its own are whatever somebody typed."""

_PROGRAMS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def named(user_agent: str) -> str:
    """Such as "Firefox on Linux"; the first that fits, for many pretend to be others."""
    program = _first(_PROGRAMS, user_agent, "an unknown browser")
    return f"{program} on {_first(_SYSTEMS, user_agent, 'an unknown system')}"


def _first(names: tuple[tuple[str, str], ...], text: str, otherwise: str) -> str:
    return next((name for mark, name in names if mark in text), otherwise)
