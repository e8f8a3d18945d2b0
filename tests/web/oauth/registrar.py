"""A program that registers itself as an OAuth client."""

from app.domain.clients import find
from app.web import create_app

BASE = "http://127.0.0.1:8000"
PATH = "/api/oauth/register"


class Registrar:
    """One program at one address."""

    def __init__(self, services, address="192.0.2.1") -> None:
        self.services = services
        self._http = create_app(services).test_client()
        self._address = {"REMOTE_ADDR": address}

    def ask(self, method="POST", path=PATH, token=None, data=None, **more):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        given = {"data": data} if data is not None else {"json": more.pop("json", {})}
        return self._http.open(
            path, method=method, base_url=BASE, headers=headers, environ_base=self._address, **given
        )

    def register(self, **facts):
        return self.ask(json={"redirect_uris": ["http://localhost/callback"], **facts})

    def known(self, client_id):
        with self.services.database.reading() as session:
            return find.by_client_id(session, client_id)
