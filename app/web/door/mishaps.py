"""The one place before the framework that catches everything: nobody is left without an answer."""

import logging
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)


def answered(
    answer: Callable[[], T],
    *,
    refusal: Callable[[Exception], T | None],
    broken: Callable[[], T],
    request_id: str,
) -> T:
    """An answer, or the refusal it was raised as; a mistake of ours is logged and owned up to."""
    try:
        return answer()
    except Exception as mishap:
        told = refusal(mishap)
        if told is not None:
            return told
        log.exception("request failed", extra={"request_id": request_id})
        return broken()
