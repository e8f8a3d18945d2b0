"""A person with a browser and a client that sends them to us; forms are read from the page."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.bootstrap import Services
from app.domain import sessions
from app.domain.clients.known import KnownClient
from app.domain.sessions import Browser
from app.kit import clock
from app.models.grants import Grant
from tests import oauth
from tests.factories import Member, member
from tests.tools.installation import Installation

BASE = "http://127.0.0.1:8000"
_INPUT = re.compile(r'<input[^>]*\bname="(\w+)"[^>]*>')
_VALUE = re.compile(r'\bvalue="([^"]*)"')


@dataclass
class Visitor:
    """One browser; signed in unless it is a stranger's."""

    polis: Installation
    who: Member | None
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"

    @property
    def services(self) -> Services:
        return self.polis.services

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._client(headers).get(
            path, headers=headers, base_url=BASE, environ_overrides=self._from()
        )

    def ask(self, client: KnownClient, **changed: str | None) -> TestResponse:
        """Follow a client's link to the authorization endpoint."""
        return self.get(address(client, **changed))

    def answer(self, page: TestResponse, decision: str, **changed: str) -> TestResponse:
        """Press a button of a page that was shown."""
        return self.post("/oauth/authorize", {**fields(page), "decision": decision, **changed})

    def post(self, path: str, form: dict[str, str]) -> TestResponse:
        return self._client({}).post(path, data=form, base_url=BASE, environ_overrides=self._from())

    def grants(self) -> list[Grant]:
        """What they have approved so far."""
        with self.services.database.reading() as session:
            mine = select(Grant).where(Grant.user_id == self.who.user_id)
            return list(session.scalars(mine.order_by(Grant.created_at, Grant.id)))

    def _from(self) -> dict[str, str]:
        return {"REMOTE_ADDR": self.address}

    def _client(self, headers: dict[str, str]):
        headers.setdefault("Host", "127.0.0.1:8000")
        if not hasattr(self, "_kept"):
            self._kept = self.polis.app.test_client()
            for name, value in self.cookies.items():
                self._kept.set_cookie(name, value, domain="127.0.0.1")
        return self._kept


def visitor(
    polis: Installation, who: Member | None = None, address: str = "127.0.0.1", **facts
) -> Visitor:
    """A verified person, signed in a moment ago in a browser of their own."""
    who = who or member(polis.services, **{"verified": True, **facts})
    now = clock.now()
    with polis.services.transaction() as session:
        begun = sessions.begin(session, who.user_id, Browser("127.0.0.1", "x"), now)
    return Visitor(polis, who, {"polis": begun.secret}, address)


def address(client: KnownClient, **changed: str | None) -> str:
    """The link a client sends a person to."""
    facts = {
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uris[0],
        "response_type": "code",
        "code_challenge": oauth.request(client).challenge,
        "code_challenge_method": "S256",
        "state": "s",
        "scope": "mcp",
    } | changed
    return "/oauth/authorize?" + urlencode({k: v for k, v in facts.items() if v is not None})


def fields(page: TestResponse) -> dict[str, str]:
    """What a browser would post: hidden and written fields, chosen radios, the selected option."""
    found = {}
    for match in _INPUT.finditer(page.text):
        is_radio, value = 'type="radio"' in match[0], _VALUE.search(match[0])
        if not is_radio or " checked" in match[0]:
            found[match[1]] = unescape(value[1]) if value else ""
    option = re.search(r'<option value="(\d+)" selected', page.text)
    return found | ({"days": option[1]} if option else {})


def choices(page: TestResponse) -> dict[str, str]:
    """Where a click on each organization leads, by its name."""
    assert "Which organization?" in page.text
    found = re.findall(r'<li><a href="(/oauth/authorize[^"]*)">([^<]*)</a>', page.text)
    return {unescape(name): unescape(link) for link, name in found}


def onward(sent: TestResponse) -> str:
    """Where somebody who was sent to sign in comes back to."""
    return dict(parse_qsl(urlsplit(sent.headers["Location"]).query))["next"]


def told(answer: TestResponse) -> dict[str, str]:
    """What a redirect tells the client."""
    assert answer.status_code in {302, 303}, answer.text
    pairs = parse_qsl(urlsplit(answer.headers["Location"]).query, keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)
