"""Who may do what how often: the one table of limits, printed on `docs/limits`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.errors import InvalidInput, Kind, PolisError

_WRITTEN = re.compile(r"([a-z_]+):([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")
_GUESSES = ("_failures", "device_codes")  # at passwords and codes: promised, whoever operates this


class RateLimited(PolisError):
    """Too many requests; `retry_after_s` says when the next one is welcome."""

    kind = Kind.THROTTLED
    code = "rate_limited"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests a period, so many of them at once."""

    name: str
    amount: int
    seconds: int
    burst: int
    counted_by: str  # organization | person | network | host: for the docs
    exact: bool = False  # held place by place: never more in any stretch of that length

    @property
    def interval_ms(self) -> int:
        """Time between two requests at the steady rate."""
        return self.seconds * 1000 // self.amount


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a request was let through."""

    limit: Limit
    remaining: int
    reset_s: int  # until the whole burst is there again


def table(
    *, mcp_per_minute: int = 120, mcp_burst: int = 30, changes: Iterable[str] = ()
) -> dict[str, Limit]:
    """Every limit by name, printed on `docs/limits`; a change is written as `register:40/3600`."""
    mcp = Limit("mcp", mcp_per_minute, 60, mcp_burst, "organization")
    usual = {limit.name: limit for limit in _USUAL}
    return {"mcp": mcp} | usual | {each.name: each for each in _changed(usual, changes)}


def _changed(usual: Mapping[str, Limit], changes: Iterable[str]) -> Iterable[Limit]:
    """What may come at once grows and shrinks along with what a period allows."""
    for written in changes:
        parts = _WRITTEN.fullmatch(written)
        if parts is None:
            raise InvalidInput(f"{written!r} is no limit; write them like register:40/3600")
        name, amount, seconds = parts[1], int(parts[2]), int(parts[3])
        if name not in usual or _of_guesses(name):
            known = ", ".join(each for each in usual if not _of_guesses(each))
            raise InvalidInput(f"there is no limit {name!r} to change; there are {known}")
        limit = usual[name]
        burst = max(1, limit.burst * amount // limit.amount)
        made = replace(limit, amount=amount, seconds=seconds, burst=burst)
        if made.interval_ms < 1:
            raise InvalidInput(f"{written!r} allows more than a thousand a second")
        yield made


def _of_guesses(name: str) -> bool:
    return any(each in name for each in _GUESSES)


_USUAL = (
    Limit("fetch", 30, 3600, 30, "organization"),
    Limit("fetch_host", 10, 60, 10, "host"),
    Limit("sign_in_failures", 10, 900, 10, "person", exact=True),
    Limit("sign_in_failures_network", 50, 900, 50, "network", exact=True),
    Limit("second_factor_failures", 10, 900, 10, "person", exact=True),
    Limit("second_factor_failures_network", 50, 900, 50, "network", exact=True),
    Limit("passkey_challenges", 60, 600, 60, "network"),
    Limit("sign_up", 20, 3600, 20, "network", exact=True),
    Limit("link_by_mail", 5, 3600, 5, "address", exact=True),
    Limit("link_by_mail_day", 12, 86_400, 12, "address", exact=True),
    Limit("link_again", 1, 60, 1, "address", exact=True),
    Limit("link_by_mail_network", 20, 3600, 20, "network", exact=True),
    Limit("authorize", 60, 3600, 60, "person", exact=True),
    Limit("authorize_network", 60, 3600, 60, "network", exact=True),
    Limit("register", 20, 3600, 20, "network", exact=True),
    Limit("register_shared", 1000, 3600, 1000, "range many people share", exact=True),
    Limit("token", 10, 60, 20, "connection"),
    Limit("token_stranger", 10, 60, 10, "client and network", exact=True),
    Limit("revoke", 10, 60, 20, "connection"),
    Limit("revoke_stranger", 10, 60, 10, "client and network", exact=True),
    Limit("introspect", 60, 60, 60, "connection"),
    Limit("introspect_stranger", 10, 60, 10, "client and network", exact=True),
    Limit("userinfo", 60, 60, 60, "connection"),
    Limit("registration", 20, 60, 20, "client and network"),
    Limit("registration_shared", 1000, 60, 1000, "client and range many people share"),
    Limit("device", 10, 60, 10, "client and network"),
    Limit("device_shared", 1000, 3600, 1000, "client and range many people share"),
    Limit("device_codes", 5, 600, 5, "session", exact=True),
    Limit("device_codes_network", 5, 600, 5, "network", exact=True),
    Limit("documents", 10, 60, 10, "person", exact=True),
    Limit("downloads", 30, 3600, 10, "person"),
    Limit("checks", 6, 3600, 6, "installation", exact=True),
    Limit("leak_reports", 10, 3600, 10, "network", exact=True),
    Limit("helpful", 30, 3600, 10, "network"),
    Limit("payment_pages", 30, 3600, 10, "network"),
    Limit("payment_looks", 12, 60, 4, "purchase"),
    Limit("provision", 5, 3600, 5, "network", exact=True),
    Limit("provision_day", 20, 86_400, 20, "network", exact=True),
    Limit("invitations", 60, 3600, 60, "organization"),
    Limit("invitations_address", 5, 86_400, 5, "address", exact=True),
    Limit("exports", 5, 86_400, 5, "organization", exact=True),
    Limit("unasked_mail", 1, 3600, 1, "address", exact=True),
    Limit("unasked_mail_day", 3, 86_400, 3, "address", exact=True),
)
