"""What the simulated biller tells of: written with its cause, signed, and read at the webhook."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import outbox
from app.domain.billing.biller import BadNotice
from app.domain.billing.records import Notice, Subject
from app.domain.billing.signed import verify
from app.kit import clock, ids

MODE = "simulated"
WORK = "simulated_notice"  # the kind of work that brings one again, should a process die over it


def record(session: Session, kind: str, subject: Subject, object_id: str, now: datetime) -> None:
    """Write down that something changed; its id stays the same however often it is brought."""
    payload = {
        "id": ids.new("evt"),
        "mode": MODE,
        "kind": kind,
        "made_at": clock.milliseconds(now),
        "subject": subject,
        "object_id": object_id,
    }
    outbox.record(session, WORK, payload, key=f"{WORK}:{payload['id']}", now=clock.now())


def signed(payload: dict[str, Any], keys: Sequence[str], now: datetime) -> tuple[bytes, str]:
    """A notice as it arrives: its body, and the header that says whose it is."""
    body = json.dumps(payload, separators=(",", ":")).encode()
    moment = str(clock.milliseconds(now) // 1000)
    return body, f"t={moment},v1={_signature(keys[0], moment, body)}"


def read(body: bytes, signature: str, keys: Sequence[str], now: datetime) -> Notice:
    """A notice of ours; BadNotice for whatever is not."""
    verify(body, signature, keys, now, by=_signature, whose="ours")
    try:
        told = json.loads(body)
        made_at = clock.from_milliseconds(told["made_at"])
        facts = told["id"], told["mode"], told["kind"], made_at, told["subject"], told["object_id"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadNotice("The notice cannot be read.") from error
    notice = Notice(*facts)
    if notice.mode != MODE:
        raise BadNotice(f"The notice is of another payment mode than {MODE}.", notice)
    return notice


def _signature(key: str, moment: str, body: bytes) -> str:
    secret = hmac.digest(key.encode(), b"simulated webhooks", hashlib.sha256)
    return hmac.digest(secret, moment.encode() + b"." + body, hashlib.sha256).hex()
