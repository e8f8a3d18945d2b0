"""The steps of the handshake in their order; the client is removed whatever happens."""

from collections.abc import Callable
from urllib.parse import urlsplit

from app.adapters.doctor import authorization, discovery, protocol, registration, tokens
from app.adapters.doctor.case import Case
from app.adapters.doctor.profiles import Consents, Profile
from app.adapters.doctor.steps import STAGES, Report, Step, Stopped, Through
from app.adapters.doctor.wire import Wire

Do = Callable[[Case, Step], None]
MCP_PATH = "/api/mcp"
_NOBODY = "Its code goes to {}: give an account (--email, --password) to go on."
_STEPS: tuple[tuple[str, Through, Do], ...] = (
    ("challenge", "metadata", discovery.challenge),
    ("resource metadata", "metadata", discovery.resource),
    ("server metadata", "metadata", discovery.server),
    ("openid discovery", "metadata", discovery.openid),
    ("registration", "registration", registration.register),
    ("authorization", "token", authorization.authorize),
    ("token", "token", tokens.exchange),
    ("initialize", "all", protocol.initialize),
    ("tools", "all", protocol.tools),
    ("account", "all", protocol.account),
    ("refresh", "all", tokens.refresh),
    ("revocation", "all", tokens.revoke),
)


def examine(
    url: str,
    profile: Profile,
    *,
    through: Through = "all",
    consents: Consents | None = None,
    wire: Wire | None = None,
) -> Report:
    """Make the handshake as one client, as far as is asked for."""
    address = endpoint(url)
    case = Case(address, profile, wire or Wire.towards(address, profile.user_agent), consents)
    waiting = consents.redirect_uri(profile) if consents else None
    case.redirect_uri = waiting or profile.redirect_uri
    steps: list[Step] = []
    try:
        _walk(case, steps, through, reachable=waiting is not None)
    finally:
        if case.client:
            steps.append(_done(case, "removal", registration.remove))
    return Report(address, profile.name, steps)


def endpoint(url: str) -> str:
    """The address a person would paste: of a bare server, its usual endpoint."""
    return url.rstrip("/") + MCP_PATH if urlsplit(url).path in {"", "/"} else url


def _walk(case: Case, steps: list[Step], through: Through, *, reachable: bool) -> None:
    stopped = ""
    for name, stage, do in _STEPS:
        if STAGES.index(stage) > STAGES.index(through):
            return
        if name == "authorization" and not reachable:
            stopped = stopped or _NOBODY.format(urlsplit(case.redirect_uri).netloc)
        steps.append(Step(name, frozenset(), skipped=stopped) if stopped else _done(case, name, do))
        if steps[-1].ended:
            stopped = f"Not tried: it ended at {name}."


def _done(case: Case, name: str, do: Do) -> Step:
    step = Step(name, case.profile.insists)
    try:
        do(case, step)
    except Stopped:
        step.ended = True
    return step
