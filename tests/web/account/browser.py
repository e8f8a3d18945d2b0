"""A browser without a screen: keeps its cookies, fills in the forms it was shown."""

import re
from typing import Self

from app.adapters.mail.mailbox import Mailbox
from tests.tools.installation import Installation

BASE = "http://127.0.0.1:8000"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PASSWORD = "seven paper boats in harbour"


class Visitor:
    """Somebody in front of their own browser."""

    def __init__(self, polis: Installation, base: str = BASE, peer: str = "192.0.2.1") -> None:
        self.polis, self.base, self.peer = polis, base, peer
        self.http = polis.app.test_client()
        self.page = None

    def open(self, path: str, **more):
        return self._send("GET", path, **more)

    def send(self, path: str, *, token: bool = True, **fields):
        """Send a form to a path with the token of the page that was shown last."""
        data = {"csrf_token": self.token, **fields} if token else fields
        return self._send("POST", path, data=data)

    @property
    def token(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page.text if self.page else "")
        return found[1] if found else ""

    def cookie(self, name: str) -> str | None:
        found = self.http.get_cookie(name, domain=self.base.partition("//")[2].partition(":")[0])
        return None if found is None else found.value

    def sign_up(self, email: str, password: str = PASSWORD, onward: str = "") -> Self:
        self.open("/signup")
        assert self.send("/signup", email=email, password=password, next=onward).status_code == 200
        return self

    def sign_in(self, email: str, password: str = PASSWORD, onward: str = ""):
        self.open("/login")
        return self.send("/login", email=email, password=password, next=onward)

    def ask_link(self, email: str, onward: str = ""):
        self.open("/login")
        return self.send("/login", email=email, how="link", next=onward)

    def press(self, link: str, **fields):
        """Open a mailed link and press its button."""
        assert self.open(link).status_code == 200
        return self.send(link, **fields)

    def letter(self, email: str):
        """The newest letter to an address, once the workers have done their work."""
        return self.letters(email)[0]

    def letters(self, email: str):
        self.polis.work_off()
        services = self.polis.services
        return Mailbox(services.database, services.links.keys).read(email)

    def link(self, email: str) -> str:
        """The path of the link in the newest letter that has one."""
        found = (re.search(r"(/link/\S+)", each.body) for each in self.letters(email))
        return next(each[1] for each in found if each)

    def is_signed_in(self) -> bool:
        return self.open("/app/").status_code == 200

    def _send(self, method: str, path: str, **more):
        answer = self.http.open(
            path, method=method, base_url=self.base, headers={"User-Agent": FIREFOX},
            environ_overrides={"REMOTE_ADDR": self.peer}, **more,
        )  # fmt: skip
        if answer.mimetype == "text/html" and "<form" in answer.text:
            self.page = answer
        return answer
