"""What is found about the layout of a page: kinds a reader feels, and a sentence for the report."""

from typing import Literal, NamedTuple

# Append only: tastes are drawn in this order.
Kind = Literal[
    "layout_heading", "layout_ask", "layout_competing", "layout_contrast", "layout_crowded",
    "layout_bare", "layout_long", "layout_phone",
]  # fmt: skip


class Finding(NamedTuple):
    """One thing that stands in a visitor's way."""

    kind: Kind
    strength: float  # 0 … 1
    told: str  # a sentence
