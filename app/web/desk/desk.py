"""One call of a tool, by whatever door: its transaction, its usage, its refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.orm import Session

from app.bootstrap import Services
from app.db import DatabaseAway
from app.domain import limits_reached, spend_limits, wallets
from app.domain.callers import Caller
from app.errors import PolisError
from app.kit import clock, meters, tracing
from app.tools.base import Ahead, Call, Output, Outside, Tool
from app.tools.usage import usage
from app.web.desk.refusals import InsufficientScope, challenge, refusal
from app.web.door import json_text
from app.web.door.http import Refused

T = TypeVar("T")


Noted = Callable[[Caller, str, str | None, str], None]  # tool, code of a refusal, request


def _by_nobody(_caller: Caller, _tool: str, _refusal: str | None, _request_id: str) -> None:
    """Calls from our own pages are no key's."""


class Told(NamedTuple):
    """An answer as JSON, `_usage` in it, and the refusal where it is one."""

    text: str
    refusal: PolisError | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """One caller's call, and everything needed to run it."""

    services: Services
    caller: Caller
    request_id: str
    noted: Noted = _by_nobody

    def perform(self, tool: Tool[Any, Any], arguments: dict[str, Any]) -> tuple[Any, Output]:
        """Parse and run a tool in one transaction of its kind; others are asked before or after."""
        outcome = "broken"
        try:
            with tracing.span(f"tool {tool.name}"):
                performed = self._performed(tool, arguments)
            outcome = "ok"
        except PolisError as refusal:
            outcome = refusal.code
            self._tell_of_a_limit(refusal)
            raise
        except Refused as refusal:
            outcome = refusal.code
            raise
        finally:
            meters.TOOL_CALLS.add(tool.name, outcome)
            self.noted(
                self.caller, tool.name, None if outcome == "ok" else outcome, self.request_id
            )
        return performed

    def _performed(self, tool: Tool[Any, Any], arguments: dict[str, Any]) -> tuple[Any, Output]:
        self.require(tool)
        given = tool.parse(arguments)
        ahead = self.ahead(tool, given)
        answer: Output = self.within(
            lambda call: tool.run(call, given), writes=tool.writes, ahead=ahead
        )
        if tool.afterwards is not None:
            outside = Outside(self.services.till, self.caller, self.services.links)
            answer = tool.afterwards(outside, given, answer)
        return given, answer

    def _tell_of_a_limit(self, refusal: PolisError) -> None:
        """What refused this left nothing behind, so whoever may raise it is told from here."""
        if refusal.code == limits_reached.CODE:
            with self.services.transaction() as session:
                limits_reached.note(session, self.caller, refusal, clock.now())

    def require(self, tool: Tool[Any, Any]) -> None:
        """Refuse a caller whose scopes do not reach as far as the tool, by whatever door."""
        if self.caller.may(tool.scope):
            return
        if self.caller.via == "oauth":
            raise self._step_up(tool)
        raise InsufficientScope(
            f"{tool.name} needs the scope {tool.scope}; this key has mcp:read.",
            hint="Use a key with the scope mcp.",
        )

    def _step_up(self, tool: Tool[Any, Any]) -> Refused:
        """An app can ask its person for more, so HTTP itself tells it how (RFC 6750 §3.1)."""
        why = f"{tool.name} needs the scope {tool.scope}."
        base, name = self.services.settings.base_url, self.caller.audience or ""
        header = challenge(base, name, why, InsufficientScope.code)
        hint = "Ask the person again, with the scopes the challenge names."
        code = InsufficientScope.code
        return Refused(403, [("WWW-Authenticate", header)], message=why, code=code, hint=hint)

    def ahead(self, tool: Tool[Any, Any], given: Any) -> PolisError | None:
        """What can be found out before the transaction: why this cannot be begun, or None."""
        if tool.beforehand is None:
            return None
        door, reading = self.services.page_door, self.services.database.reading
        return tool.beforehand(Ahead(door, self.caller, clock.now(), reading), given)

    def within(
        self, act: Callable[[Call], T], *, writes: bool = False, ahead: PolisError | None = None
    ) -> T:
        """Do something in a transaction of its own."""
        services = self.services
        opened = services.transaction() if writes else services.database.reading()
        with opened as session:
            return act(self._call(session, ahead))

    def told(self, answer: Output, *, fresh: bool) -> Told:
        """An answer with the usage of now."""
        usage_ = json_text.dumps(self._usage(fresh=fresh))
        return Told(f'{answer.as_text()[:-1]},"_usage":{usage_}}}')

    def refused(self, error: PolisError) -> Told:
        """A refusal with the usage of now; nothing was charged for it.

        Without a database not even the usage could be told: that refusal ends the whole request.
        """
        if isinstance(error, DatabaseAway):
            raise error
        body = refusal(self.services, self.caller, error, self.request_id)
        return Told(json_text.dumps({"error": body, "_usage": self._usage(fresh=True)}), error)

    def _usage(self, *, fresh: bool) -> dict[str, Any]:
        """A read was just made with the credential; after a write the figures are read again."""
        if not fresh:
            return usage(self.caller, self.caller.standing, self.caller.limit_used)
        now = clock.now()
        with self.services.database.reading() as session:
            standing = wallets.standing(session, self.caller.wallet, now)
            used = spend_limits.used(session, self.caller.spend_limit(now), self.caller.book)
        return usage(self.caller, standing, used)

    def _call(self, session: Session, ahead: PolisError | None) -> Call:
        services = self.services
        return Call(
            session,
            self.caller,
            services.links,
            services.panelist,
            clock.now(),
            self.request_id,
            ahead,
        )
