"""Sets of words written as running text, which reads and reviews better than quoted lists."""


def word_set(text: str) -> frozenset[str]:
    """The blank-separated words of a text."""
    return frozenset(text.split())
