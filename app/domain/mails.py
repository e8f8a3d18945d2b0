"""Mail is work like any other: written down with what caused it, sent by a worker.

The row names purpose and recipient. A link is minted by the worker when it sends, so that none
stands anywhere in plain text.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app import outbox
from app.domain.letters import LETTERS
from app.kit import ids

KIND = "send_mail"
_SAMPLE = "https://polis.example"


def record(
    session: Session, purpose: str, recipient: str, facts: Mapping[str, object], now: datetime
) -> None:
    """Have a letter sent once this transaction is committed; its facts hold no secret."""
    added = dict.fromkeys(("base_url", "life", "link"), _SAMPLE)  # by whoever sends it
    LETTERS[purpose].written({**facts, **added})  # no fact is missing
    payload = {"purpose": purpose, "recipient": recipient, "facts": dict(facts)}
    outbox.record(session, KIND, payload, key=f"mail:{ids.new('mail')}", now=now)
