"""A program with a client of ours: it exchanges, refreshes, revokes and asks."""

from base64 import b64encode

from flask import Flask
from werkzeug.test import TestResponse

from app.domain.clients.known import KnownClient
from app.domain.grants import codes
from tests.oauth import REDIRECT, VERIFIER, Approved

TOKEN, REVOKE = "/api/oauth/token", "/api/oauth/revoke"
INTROSPECT, USERINFO = "/api/oauth/introspect", "/api/oauth/userinfo"


class Program:
    """One client at one address, public unless it has a secret."""

    def __init__(
        self, app: Flask, client: KnownClient, secret: str = "", address: str = "192.0.2.1"
    ) -> None:
        self._http = app.test_client(use_cookies=False)
        self._headers = {"Host": "127.0.0.1:8000"}
        self._client = {"client_id": client.client_id}
        self._address = address
        if secret:
            proof = b64encode(f"{client.client_id}:{secret}".encode()).decode()
            self._headers["Authorization"] = f"Basic {proof}"

    def exchange(self, given: Approved, **more: str) -> TestResponse:
        """Redeem a code as its own client does."""
        presented: codes.Presented = given.presented()
        facts = {"code": presented.code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        return self.ask(grant_type="authorization_code", **{**facts, **more})

    def refresh(self, token: str, **more: str) -> TestResponse:
        return self.ask(grant_type="refresh_token", refresh_token=token, **more)

    def revoke(self, token: str, **more: str) -> TestResponse:
        return self.ask(REVOKE, token=token, **more)

    def introspect(self, token: str, bearer: str = "") -> TestResponse:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self.send(INTROSPECT, {**self._client, "token": token}, **headers)

    def userinfo(self, token: str, method: str = "GET") -> TestResponse:
        return self.send(USERINFO, None, method, Authorization=f"Bearer {token}")

    def ask(self, path: str = TOKEN, **form: str) -> TestResponse:
        """One form to one endpoint."""
        return self.send(path, {**self._client, **form})

    def send(self, path: str, data: object, method: str = "POST", **headers: str) -> TestResponse:
        """Whatever a test wants to send."""
        return self._http.open(
            path,
            method=method,
            data=data,
            headers={**self._headers, **headers},
            environ_overrides={"REMOTE_ADDR": self._address},
        )
