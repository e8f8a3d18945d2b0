"""Somebody with a password who signs in and approves, at the one server it was given for."""

import re
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from app.adapters.doctor import forms
from app.adapters.doctor.forms import Form
from app.adapters.doctor.profiles import LOOPBACK, Profile
from app.adapters.doctor.steps import Step
from app.adapters.doctor.wire import Answer, Wire, origin

_MOST_PAGES = 15
_MOVED = {301, 302, 303, 307, 308}
_ONWARD = re.compile(r"\d+;\s*url=(.+)", re.IGNORECASE)


class Person:
    """Signs in and approves over HTTP, as a browser without scripts."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._home = origin(url)
        self._wire = Wire.towards(url, "polis-doctor")
        self._email = email
        self._password = password
        self._cookies: dict[str, str] = {}

    def redirect_uri(self, profile: Profile) -> str:
        """Any: the code is read from the redirect, which is never followed."""
        return (
            profile.redirect_uri.replace("/callback", ":49152/callback", 1)
            if (profile.redirect_uri == LOOPBACK)
            else profile.redirect_uri
        )

    def approve(self, address: str, redirect_uri: str) -> dict[str, str]:
        answer = self._ask(address)
        for _ in range(_MOST_PAGES):
            onward = urljoin(address, _leads(answer))
            if _leads(answer) and onward.partition("?")[0] == redirect_uri:
                return dict(parse_qsl(urlsplit(onward).query))
            form = None if _leads(answer) else self._filled(answer)
            if form is None and not _leads(answer):
                break
            address = urljoin(address, form.action) if form else onward
            answer = self._ask(address, form)
        return {}

    def _filled(self, answer: Answer) -> Form | None:
        """The form of this page that leads on: the consent, or the sign-in."""
        for form in forms.of(answer.body.decode(errors="replace")):
            if "approve" in form.decisions:
                form.fields["decision"] = "approve"
                return form
            if {"email", "password"} <= form.fields.keys() and not self._tried(form):
                form.fields |= {"email": self._email, "password": self._password}
                return form
        return None

    def _tried(self, form: Form) -> bool:
        return form.fields["email"] == self._email  # a refused sign-in fills it in again

    def _ask(self, address: str, form: Form | None = None) -> Answer:
        if origin(address) != self._home:
            return Answer(0, {}, b"")  # neither password nor session goes anywhere else
        headers = {
            "Accept": "text/html",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Referer": address,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(form.fields).encode() if form else b""
        unread = Step("", frozenset())
        answer = self._wire.send(
            unread, "POST" if form else "GET", address, headers=headers, body=body
        )
        self._keep(answer)
        return answer

    def _keep(self, answer: Answer) -> None:
        for each in _all(answer, "set-cookie"):
            for name, morsel in SimpleCookie(each).items():
                self._cookies[name] = morsel.value


def _leads(answer: Answer) -> str:
    """Where an answer sends the browser by itself, if anywhere."""
    if answer.status in _MOVED:
        return answer.headers.get("Location", "")
    onward = _ONWARD.match(answer.headers.get("Refresh", ""))
    return onward[1].strip() if onward else ""


def _all(answer: Answer, name: str) -> list[str]:
    return answer.headers.get_list(name) if hasattr(answer.headers, "get_list") else []
