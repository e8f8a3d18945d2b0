"""What-ifs: a change asked about is made, the same person reads again, the difference is told."""

from app.adapters.engines.embedded.ask.whatif.edits import Edit
from app.adapters.engines.embedded.ask.whatif.hypotheses import hypothesis

__all__ = ["Edit", "hypothesis"]
