"""Contrast of two colours as WCAG 2.2 reckons it."""

from collections.abc import Sequence


def contrast(one: Sequence[float] | None, other: Sequence[float] | None) -> float | None:
    """From 1 to 21; None where a colour is not known."""
    if not one or not other or len(one) < 3 or len(other) < 3:
        return None
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Sequence[float]) -> float:
    red, green, blue = (_linear(part / 255) for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
