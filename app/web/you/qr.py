"""A QR code as one path: drawn here, so that no secret is handed to anybody who draws them."""

from typing import NamedTuple

_BORDER = 4  # modules of quiet around it (ISO/IEC 18004)


class Drawn(NamedTuple):
    """A square of so many modules, and the path of the dark ones."""

    size: int
    path: str


def drawn(text: str) -> Drawn:
    """The code of a text; fifteen of a hundred modules may be lost."""
    import segno  # noqa: PLC0415 # few set an app up

    rows = segno.make(text, error="m", micro=False).matrix
    path = "".join(
        f"M{x + _BORDER} {y + _BORDER}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return Drawn(len(rows) + 2 * _BORDER, path)
