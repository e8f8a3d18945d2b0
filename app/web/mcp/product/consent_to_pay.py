"""polis_topup's person is asked on a page of ours, sent there in each era's own way."""

from typing import Any, cast

from app.bootstrap import Services
from app.domain.billing import askers
from app.domain.billing.askers import Asker
from app.kit import clock, secrets
from app.tools import consent_to_pay, topup
from app.tools.base import Tool
from app.tools.topup import Topup, TopupInput
from app.web.desk.desk import Desk
from app.web.desk.waits import Waits
from app.web.mcp import revisions
from app.web.mcp.capabilities import elicits
from app.web.mcp.problems import InvalidParams, UrlElicitationRequired
from app.web.mcp.product import request_state
from app.web.mcp.product.tasks import result
from app.web.mcp.product.watching import progress
from app.web.mcp.server import Context, InputRequired, Json, Outcome, Streamed

Paying = Tool[TopupInput, Topup]

_ASKED = "pay"  # the one request of an answer; its response comes back under this name
_REFUSED = {"decline", "cancel"}


class ConsentToPay:
    """Asks whoever can be asked, and goes on once they have answered."""

    def __init__(self, services: Services, waits: Waits) -> None:
        self._services = services
        self._waits = waits

    def greeted(self, context: Context) -> None:
        """Keep what a handshake says of its client: the calls after it do not say it again."""
        newest = context.revision == revisions.NEWEST_LEGACY
        can = newest and elicits(context.client_capabilities, "url")
        desk = Desk(self._services, context.caller, context.request_id)
        known, credential = self._asker(desk), desk.caller.credential_id
        if known is not None and known.elicits_url != can:
            desk.within(
                lambda call: askers.greeted(call.session, credential, elicits_url=can), writes=True
            )

    def asks(self, context: Context, desk: Desk, tool: Tool[Any, Any]) -> bool:
        """Whether this call is answered by asking a person, or goes on from having asked."""
        says = elicits(context.client_capabilities, "url")
        goes_on = context.request_state is not None
        may = says or goes_on or context.revision == revisions.NEWEST_LEGACY
        asker = self._asker(desk) if may and tool is topup.TOOL else None
        has_person = asker is not None and asker.user_id is not None
        if goes_on and not has_person:
            raise _not_of_this_call()
        return asker is not None and has_person and (says or goes_on or asker.elicits_url)

    def call(self, context: Context, desk: Desk, arguments: Json) -> Outcome | Streamed:
        """polis_topup, for a client that can send its person somewhere."""
        if not context.modern:
            return self._once(desk, arguments)
        if context.request_state is not None:
            return self._again(context, desk, arguments, context.request_state)
        given, answer = _performed(desk, consent_to_pay.ASK, arguments)
        return self._outcome(desk, given, answer)

    def _once(self, desk: Desk, arguments: Json) -> Outcome:
        """2025-11-25: an error that names the page; the same call again tells how it stands."""
        _, answer = _performed(desk, consent_to_pay.ASK_ONCE, arguments)
        if not answer.behind.elicits:
            return result(desk.told(answer, fresh=True))
        url, key = self._page(answer), self._services.links.keys[0]
        elicitation = {
            "mode": "url",
            "elicitationId": f"el_{secrets.sign(key, 'elicitation', answer.behind.purchase_id)}",
            "url": url,
            "message": consent_to_pay.message_of(answer),
        }
        why = f"Approval needed. Have the person you work for open {url}, then repeat this call."
        raise UrlElicitationRequired(why, [elicitation])

    def _again(
        self, context: Context, desk: Desk, arguments: Json, state: str
    ) -> Outcome | Streamed:
        """2026-07-28: our own books say what became of it; an opened page is no payment."""
        desk.require(topup.TOOL)
        given = topup.TOOL.parse(arguments)
        signed = request_state.Signed(desk.caller, topup.TOOL.name, given)
        purchase_id = signed.read(self._services.links.keys, state, clock.now())
        if purchase_id is None:
            raise _not_of_this_call()
        asks = elicits(context.client_capabilities, "url")
        declined = _answered(context) in _REFUSED
        tool = consent_to_pay.following(purchase_id, asks=asks, declined=declined)
        _, first = _performed(desk, tool, arguments)
        if first.behind.elicits:
            return self._waited(context, desk, tool, given, first)
        return self._outcome(desk, given, first)

    def _waited(
        self, context: Context, desk: Desk, tool: Paying, given: TopupInput, first: Topup
    ) -> Streamed:
        """A moment's patience: whoever pays right now is told so by this very call."""
        watched = self._waits.watch(desk, tool, given, first, context.closed)
        latest = yield from progress(watched)
        return self._outcome(desk, given, cast("Topup", latest))

    def _outcome(self, desk: Desk, given: TopupInput, answer: Topup) -> Outcome:
        if not answer.behind.elicits:
            return result(desk.told(answer, fresh=True))
        ends = min(clock.now() + consent_to_pay.GOES_ON_FOR, answer.behind.ends)
        signed = request_state.Signed(desk.caller, topup.TOOL.name, given)
        params = {
            "mode": "url",
            "message": consent_to_pay.message_of(answer),
            "url": self._page(answer),
        }
        return InputRequired(
            {_ASKED: {"method": "elicitation/create", "params": params}},
            signed.written(self._services.links.keys, answer.behind.purchase_id, ends),
        )

    def _asker(self, desk: Desk) -> Asker | None:
        return desk.within(lambda call: askers.of(call.session, desk.caller.credential_id))

    def _page(self, answer: Topup) -> str:
        return self._services.links.page(consent_to_pay.path_of(answer))


def _performed(desk: Desk, tool: Paying, arguments: Json) -> tuple[TopupInput, Topup]:
    return cast("tuple[TopupInput, Topup]", desk.perform(tool, arguments))


def _answered(context: Context) -> object:
    """What the person's client says they did; whatever else is in there is not asked for."""
    response = context.input_responses.get(_ASKED)
    return response.get("action") if isinstance(response, dict) else None


def _not_of_this_call() -> InvalidParams:
    return InvalidParams(
        "requestState is not of this call, or too old: repeat the call unchanged within an hour, "
        "or begin again without it"
    )
