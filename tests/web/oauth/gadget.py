"""A device with a client of its own: it asks for codes, and polls."""

from dataclasses import dataclass, field

from werkzeug.test import TestResponse

from app.domain.clients.known import KnownClient
from app.domain.clients.metadata import DEVICE
from tests import oauth
from tests.tools.installation import Installation
from tests.web.oauth.program import TOKEN, Program
from tests.web.oauth.visitor import Visitor, fields

ASK = "/api/oauth/device"
PAGE = "/device"


@dataclass
class Gadget:
    """One device at one address."""

    polis: Installation
    client: KnownClient
    secret: str = ""
    address: str = "198.51.100.9"
    host: str = "127.0.0.1:8000"
    codes: dict = field(default_factory=dict)

    def ask(self, **form: str) -> TestResponse:
        """Begin to wait; the codes are kept."""
        answer = self._form(ASK, form)
        self.codes = answer.json if answer.status_code == 200 else {}
        return answer

    def poll(self, **form: str) -> TestResponse:
        """Ask whether somebody has answered."""
        facts = {"grant_type": DEVICE, "device_code": self.codes["device_code"]}
        return self._form(TOKEN, {**facts, **form})

    def send(self, *facts, **headers: str) -> TestResponse:
        """Whatever a test wants to send."""
        return self._program.send(*facts, **headers)

    def _form(self, path: str, form: dict[str, str]) -> TestResponse:
        named = {"client_id": self.client.client_id}
        return self._program.send(path, {**named, **form}, Host=self.host)

    @property
    def _program(self) -> Program:
        return Program(self.polis.app, self.client, self.secret, self.address)


def gadget(polis: Installation, host: str = Gadget.host, **facts) -> Gadget:
    """A device whose program registered itself for this grant and no other."""
    plain = {"name": "Shell", "redirect_uris": [], "grant_types": f"{DEVICE} refresh_token"}
    return Gadget(polis, oauth.client(polis.services, **{**plain, **facts}), host=host)


def typed(kim: Visitor, code: str, **more: str) -> TestResponse:
    """Type a code into the page and press Continue."""
    page = kim.get(PAGE)
    return kim.post(PAGE, {**fields(page), "user_code": code, **more})


def answered(kim: Visitor, device: Gadget, decision: str = "approve", **changed) -> TestResponse:
    """Type a device's code, read what it asks, and press a button."""
    page = typed(kim, device.codes["user_code"])
    assert page.status_code == 200, page.text
    return kim.post(PAGE, {**fields(page), "decision": decision, **changed})
