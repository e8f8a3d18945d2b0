"""What the consent page says: scopes, places, money and days in words for whoever approves."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from markupsafe import Markup

from app.domain import plans
from app.domain.callers import FULL
from app.domain.clients import redirects
from app.domain.clients.known import KnownClient
from app.domain.grants.choices import Choice
from app.domain.wallets import Standing
from app.kit import clock
from app.kit.money import usd
from app.web.formats import short_day

_CAN = {
    "user": {
        "mcp": (
            "Run tests and ask panels, spending your tokens up to the limit below",
            "Read runs and reports of the organization, and its balance",
            "Show you a payment link. You pay, or you do not",
        ),
        "mcp:read": ("Read runs and reports of the organization, and its balance",),
        "openid": ("Know that you are the same person each time",),
        "profile": ("See your name",),
        "email": ("See your e-mail address",),
        "offline_access": ("Stay connected until access ends, without asking again",),
    },
    "organization": {
        "openid": ("Know the organization by its id and name, and not you",),
        "profile": ("See the organization's name",),
        "email": (),
    },
}
_CANNOT = (
    "Charge your card or change your plan",
    "See or create API keys",
    "Delete runs or invite people",
)


def can(scopes: Iterable[str], subject_kind: str) -> list[str]:
    """What these scopes let an app do, each thing said once."""
    words = _CAN["user"] | _CAN[subject_kind]
    return list(dict.fromkeys(line for scope in scopes for line in words[scope]))


def cannot(scopes: Iterable[str]) -> list[str]:
    """What no app can do, and what this one in particular cannot."""
    return [*(() if FULL in scopes else ("Spend a single token",)), *_CANNOT]


def place(redirect_uri: str) -> str:
    """Where a code goes, as short as it is true."""
    found = redirects.place(redirect_uri)
    return f"{found}:" if redirects.kind(redirect_uri) == "private" else found


def asks(client: KnownClient, redirect_uri: str) -> str:
    """Who asks: a name somebody vouches for, else only where the code goes."""
    if client.verified:
        return client.name
    words = {
        "https": "{}",
        "loopback": "a program on this computer ({})",
        "private": "whichever app answers to {}",
    }
    return words[redirects.kind(redirect_uri)].format(place(redirect_uri))


def links(client: KnownClient) -> list[tuple[str, str, str]]:
    """A client's own pages: what each is, its address, and the host in sight."""
    names = (("client_uri", "Homepage"), ("tos_uri", "Terms"), ("policy_uri", "Privacy"))
    told = [(text, client.links[name]) for name, text in names if name in client.links]
    return [(text, url, urlsplit(url).netloc) for text, url in told if url.startswith("https://")]


def means(choice: Choice) -> str:
    """What an organization could spend at this moment, and until when."""
    it, plan = choice.standing, choice.standing.plan.capitalize()
    if it.status == "inactive":
        plan += " is over"
    if it.debt:
        owed = f"{_tokens(it.debt)} {'is' if it.debt == 1 else 'are'} owed"
        return f"{plan}. {owed}: nothing can be spent until a pack or a plan brings that many."
    until = _included_until(it, clock.now())
    left = f"{_tokens(it.prepaid) if it.prepaid else 'No tokens'} left"
    if it.included:  # those of a trial and of packs have no end
        some = "" if it.included == it.prepaid else f", {it.included:,} of them"
        left += Markup("{} until {}").format(some, short_day(until))
    return Markup("{}. {}{}.").format(plan, left, _overage(it, until))


def _overage(it: Standing, until: datetime | None) -> str:
    """What may be spent on top, where anything may; the cap counts anew with the next period."""
    if not it.overage_room:
        return ""
    first = "; once they are spent," if it.prepaid else ";"
    more, ends = usd(it.cap_micros - it.overage_micros), short_day(it.overage_until or until)
    same = it.included and ends == short_day(until)
    return Markup("{} up to {} more overage until {}").format(first, more, "then" if same else ends)


def _included_until(it: Standing, now: datetime) -> datetime | None:
    """When a period's tokens go: with it, unless its payment is what is being waited for."""
    return it.ends if it.status == "past_due" else it.period_ends("live", now)


def agreed_limit(tokens: int | None) -> str:
    """What an app may spend, as the mail about it says."""
    return "no limit of its own" if tokens is None else f"{_tokens(tokens)} a month"


def _tokens(count: int) -> str:
    return f"{count:,} token{'' if count == 1 else 's'}"


def spending() -> str:
    """What a limit means in tests."""
    least, most = (
        plans.tokens_for(100, detail) for detail in (plans.DETAILS[0], plans.DETAILS[-1])
    )
    return (
        f"It may spend up to this. A test of 100 people takes {least} to {most} tokens. "
        "Empty: as much as you have."
    )


def ends(days: Iterable[int], now: datetime) -> list[tuple[str, str]]:
    """The ends that are offered, each with its date."""
    dates = ((day, now + timedelta(days=day)) for day in days)
    return [(str(day), f"{day} days, {date:%-d %b %Y}") for day, date in dates]
