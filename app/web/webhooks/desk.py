"""What the pages about webhooks share: the endpoint, its form, and its page."""

from typing import NamedTuple
from urllib.parse import urlsplit

from flask import Response, request

from app.domain import sealed
from app.domain.clients import redirects
from app.domain.fetching import NotFetched
from app.domain.webhooks import deliveries, endpoints, health, log
from app.domain.webhooks import secret as secrets
from app.domain.webhooks.catalogue import EVENTS
from app.domain.webhooks.endpoints import Endpoint, Kept, Wanted
from app.errors import InvalidInput
from app.kit import clock
from app.web import place, signed_in
from app.web.services import services

LIST = "/app/webhooks"
PAGE = f"{LIST}/<endpoint_id>"
_CARRIED = "webhook's address on its way through a sign-in"


class Typed(NamedTuple):
    """The form of an endpoint as it stands in the page."""

    url: str = ""
    description: str = ""
    events: tuple[str, ...] = tuple(EVENTS)

    def carried(self) -> dict[str, str | list[str]]:
        """The same as parameters of the page's address; whoever knows a URL may post to it."""
        url = sealed.seal(self.url.encode(), _CARRIED, services().links.keys).decode()
        return {"url": url, "description": self.description, "events": list(self.events)}


class New(NamedTuple):
    """A new secret: what is shown once, and what is kept."""

    plain: str
    kept: Kept


def find(endpoint_id: str) -> Endpoint:
    """An endpoint of the organization looked at."""
    with services().database.reading() as session:
        return endpoints.found(session, place.here().organization.id, endpoint_id)


def sent() -> Typed:
    """What came with a form, or with the address of its page."""
    posted = request.method == "POST"
    told = request.form if posted else request.args
    chosen = told.getlist("events")
    return Typed(
        told.get("url", "").strip()[:2048] if posted else _carried_url(),
        told.get("description", "").strip(),
        tuple(each for each in EVENTS if each in chosen),
    )


def _carried_url() -> str:
    try:
        return sealed.opened(request.args["url"], _CARRIED, services().links.keys).decode()
    except sealed.Lost:  # written by hand, or under a key that is gone: typed again
        return ""


def read(typed: Typed) -> tuple[Wanted, dict[str, str]]:
    """What is wanted, and what is wrong with each of its fields."""
    wanted, problems = Wanted(typed.url, typed.events, typed.description), {}
    if problem := _of_address(typed.url):
        problems["url"] = problem
    try:
        endpoints.check(wanted)
    except InvalidInput as error:
        problems[str(error.details["field"])] = error.message
    return wanted, problems


def where() -> str:
    """What an address has to be, as `read` holds it to that."""
    begins = "https:// or, in development, http://" if _plain() else "https://"
    return f"Where we send to: {begins}, a public address, port 443 or 80."


def secret() -> New:
    """A secret nobody has seen yet."""
    made = secrets.new(services().links.keys)
    return New(made.plain, Kept(made.sealed, made.plain[-4:]))


def page(
    it: Endpoint,
    typed: Typed | None = None,
    problems: dict[str, str] | None = None,
    *,
    shown: str = "",
    notice: str = "",
    status: int = 200,
) -> Response:
    """An endpoint's page; right after a secret was made it alone shows it, once."""
    asked = request.args
    which = asked.get("status", "")
    with services().database.reading() as session:
        lines, older = log.page(session, it.id, before=asked.get("before", ""), status=which)
    return place.page(
        "webhooks/endpoint.html",
        status,
        it=it,
        typed=typed or Typed(it.url, it.description, it.events),
        problems=problems or {},
        secret=shown,
        notice_=notice,
        events=EVENTS.values(),
        where=where(),
        lines=lines,
        older=older,
        paged="before" in asked,
        which=which if which in deliveries.STATUSES else "",
        statuses=deliveries.STATUSES,
        patience=health.LONGEST.days,
        kept_days=log.KEPT.days,
        rolling=it.former_until is not None and clock.now() < it.former_until,
        fresh=signed_in.is_fresh(),
    )


def _of_address(url: str) -> str:
    """Why an address cannot be an endpoint; empty where it can."""
    if not url:
        return "Give the address we send to."
    if not redirects.readable(url):
        return "This is not an address."
    if not _plain() and urlsplit(url).scheme != "https":
        return "An endpoint begins with https://."
    try:
        services().fetcher.check(url)
    except NotFetched as error:
        return error.sentence
    return ""


def _plain() -> bool:
    """Whether addresses without TLS are taken too."""
    return services().settings.development
