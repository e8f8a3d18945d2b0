"""Where a run stands for whoever looks."""

from sqlalchemy import ColumnElement, case

from app.models.runs import Comparison, Run


def shown() -> ColumnElement[str]:
    """A variant that is done waits for its comparison: until then all may still be refunded.

    For statements that join the comparison a run may be a variant of.
    """
    waits = (Run.status == "complete") & Comparison.id.is_not(None)
    return case((waits & Comparison.completed_at.is_(None), "synthesizing"), else_=Run.status)
