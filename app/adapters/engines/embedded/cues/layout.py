"""Cues of the page around a text, from the boxes a browser measured."""

from app.domain.panel.shapes import Cue, Layout


def felt(layout: Layout) -> tuple[Cue, ...]:
    """One cue for each finding, with an id of its own; none of them stands in the text."""
    kinds = [kind for kind, _ in layout]
    return tuple(
        Cue(kind if not (before := kinds[:place].count(kind)) else f"{kind}:{before}",
            kind, None, 0, 0, "", strength)
        for place, (kind, strength) in enumerate(layout)
    )  # fmt: skip
