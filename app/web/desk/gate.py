"""Who may come in: addresses, credentials and the rate of an organization's messages."""

from typing import Any

from app.bootstrap import Services
from app.docs.discovery import openapi
from app.domain import networks
from app.domain.bearers import BadCredential
from app.domain.callers import READ, Caller
from app.domain.key_use import Called
from app.domain.limits import Allowance, RateLimited
from app.kit import clock, logs
from app.web import addresses, nearby
from app.web.desk.refusals import InsufficientScope, challenge
from app.web.door.http import Header, Refused, Request
from app.web.last_use import LastUse
from app.web.local import demo_caller
from app.web.rate_headers import rate_headers


class ProductGate:
    """The product's gate; it holds no credential and caches none."""

    def __init__(self, services: Services, last_use: LastUse) -> None:
        self._services = services
        self._last_use = last_use
        self._addresses = addresses.of(services.settings)

    def host_allowed(self, host: str | None) -> bool:
        return addresses.host_allowed(self._addresses, host)

    def origin_allowed(self, origin: str) -> bool:
        return addresses.origin_allowed(self._addresses, origin)

    def authenticate(self, request: Request) -> Caller:
        """The caller behind the bearer, or 401 with the way to get one."""
        sent = request.headers.get("authorization")
        logs.bind(request_id=request.id)
        try:
            if sent is None and self._services.settings.no_auth and _local(request):
                return demo_caller(self._services, clock.now())
            return self._holder(request, sent or "")
        except BadCredential as error:
            header = self._challenge(request, error.message)
            raise Refused(401, [header], message=error.message) from None

    def _holder(self, request: Request, sent: str) -> Caller:
        scheme, _, bearer = sent.partition(" ")
        bearer = bearer.strip()
        if scheme.lower() != "bearer" or not bearer:
            raise Refused(401, [self._challenge(request)], message="Authorization required")
        now = clock.now()
        caller = self._services.credentials.authenticate(bearer, now)
        if caller.via == "oauth":
            caller = self._fit(request, caller)
        self._last_use.note(caller.credential_id, self._asking(request), now)
        return caller

    def noted(self, caller: Caller, tool: str, refusal: str | None, request_id: str) -> None:
        """Remember what a key or a connection called; whoever needs neither is nobody's."""
        if caller.via != "none":
            call = Called(tool, refusal, request_id, clock.now())
            self._last_use.call(caller.credential_id, call)

    def _asking(self, request: Request) -> str:
        forwarded = request.headers.get("x-forwarded-for", "")
        return networks.asking(request.peer, forwarded, self._services.settings.trusted_proxies)

    def _fit(self, request: Request, caller: Caller) -> Caller:
        """A token for this name of the endpoint, and for the tools at all (RFC 8707, RFC 6750)."""
        name = _name(request)
        if caller.audience not in {None, name} and not _takes_either(request):
            raise BadCredential(f"This access token is for {caller.audience} and not for {name}.")
        if caller.may(READ):
            return caller._replace(audience=name)
        why = "This access token was granted without mcp and mcp:read."
        header = self._challenge(request, why, "insufficient_scope")
        hint = "Ask the person again, for mcp or mcp:read."
        counted = self.count(caller, 1)
        raise Refused(403, [header, *counted], message=why, code=InsufficientScope.code, hint=hint)

    def count(self, caller: Caller, messages: int) -> list[Header]:
        """Count an organization's messages; tell what is left."""
        if not self._services.settings.rate_limits:
            return []
        limit = self._services.limits["mcp"]
        rates = self._services.rates
        try:
            allowance = rates.take(limit, caller.organization_id, clock.now(), cost=messages)
        except RateLimited as error:
            wait: Any = error.details["retry_after_s"]
            headers = [("Retry-After", str(wait)), *rate_headers(Allowance(limit, 0, wait))]
            facts: dict[str, Any] = {"hint": error.hint, "details": error.details}
            raise Refused(429, headers, message=error.message, **facts) from None
        return rate_headers(allowance)

    def _challenge(self, request: Request, why: str = "", error: str = "invalid_token") -> Header:
        """RFC 6750 and RFC 9728: where the metadata is, and what was wrong with what was sent."""
        base = addresses.base_for(self._addresses, request.headers.get("host"))
        return "WWW-Authenticate", challenge(base, _name(request), why, error)


def _name(request: Request) -> str:
    """Which of the endpoint's two names a request came by."""
    return "/mcp" if request.path.startswith("/mcp") else "/api/mcp"


def _takes_either(request: Request) -> bool:
    """The REST twin belongs to both names: whatever is good at one of them is good there."""
    return request.path.startswith(f"{openapi.BASE}/")


def _local(request: Request) -> bool:
    return nearby.straight(request.peer, request.headers.get("host", ""), request.headers)
