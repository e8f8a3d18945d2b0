"""`requestState`: which purchase a repeated call goes on with, signed for this call alone."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.domain.callers import Caller
from app.kit import clock, secrets
from app.tools.base import Input


class Signed(NamedTuple):
    """What a state is good for and does not tell: whose call it is, of which tool, with what."""

    caller: Caller
    tool: str
    given: Input

    def written(self, keys: Sequence[str], purchase_id: str, ends: datetime) -> str:
        """What the client sends back with the same call; the first key signs."""
        told = (purchase_id, str(clock.milliseconds(ends)))
        return ".".join((*told, self._signature(keys[0], told)))

    def read(self, keys: Sequence[str], state: str, now: datetime) -> str | None:
        """The purchase, or None: forged, of somebody else, of another call, or too old."""
        *told, signature = state.split(".")
        good = [secrets.same(self._signature(key, told), signature) for key in keys]
        if len(told) != 2 or not any(good):
            return None
        purchase_id, ends = told
        return purchase_id if int(ends) > clock.milliseconds(now) else None

    def _signature(self, key: str, told: Sequence[str]) -> str:
        arguments = hashlib.sha256(self.given.model_dump_json().encode()).hexdigest()
        whose = (self.caller.user_id or "", self.caller.organization_id)
        return secrets.sign(key, "request state", *whose, self.tool, arguments, *told)
