"""The two libraries that hold a server to the text of its standards find nothing to refuse."""

from pathlib import Path

import pytest

from tests.browser.loopback import waiting
from tests.clients.connecting import registering
from tests.clients.connecting.conversation import Conversation
from tests.clients.connecting.ending import Requests, expire, is_refused
from tests.clients.connecting.person import query
from tests.clients.drive import NODE

HERE = Path(__file__).parent
pytestmark = [
    pytest.mark.parametrize("served", ["sqlite"], indirect=True),
]
OAUTH, OIDC = "oauth-authorization-server", "openid-configuration"
STRICT = (
    pytest.param("js_oauth4webapi.mjs", OAUTH, "none", id="oauth4webapi 3.8, no secret"),
    pytest.param("js_oauth4webapi.mjs", OAUTH, "client_secret_basic", id="oauth4webapi 3.8, basic"),
    pytest.param("js_oauth4webapi.mjs", OAUTH, "client_secret_post", id="oauth4webapi 3.8, post"),
    pytest.param("js_openid_client.mjs", OIDC, "none", id="openid-client 6.8"),
)
SCOPE = "mcp openid email profile offline_access"


@pytest.mark.parametrize(("script", "document", "method"), STRICT)
def test_strict_client_connects_refreshes_and_revokes(
    script, document, method, served, person, tmp_path
):
    expected, requests = registering.Expected(SCOPE, method), Requests(served)
    with waiting() as program:
        command = [str(NODE), str(HERE / script), served.url, program.callback]
        with Conversation([*command, method], tmp_path) as strict:
            asked = query(url := strict.told("visit")["visit"])
            strict.answer(**person.approve(url))
            first = strict.told("called")
            registering.began(requests, document)
            registering.check(served, asked, first["client"], first["tokens"], expected)
            _names_the_person(served, first)
            expire(served, first["tokens"]["access_token"])
            requests = Requests(served)
            strict.answer()
            again = strict.told("called")
            assert again["called"]["organization"] == first["called"]["organization"] == "demo"
            registering.refreshed(requests, first["tokens"], again["tokens"])
            strict.answer()
            last = strict.told("refused")
            assert (last["refused"], last["dead"]) == ("invalid_token", [400, "invalid_grant"])
            assert strict.end() == 0, strict.transcript
    assert is_refused(served.url, again["tokens"]["access_token"])


def _names_the_person(served, first):
    """The id_token, userinfo and introspection agree on who approved, and for whom."""
    client_id, claims = first["client"]["client_id"], first["claims"]
    assert (claims["iss"], claims["aud"]) == (served.base, client_id)
    assert claims["sub"] == first["person"]["sub"] == served.demo["user_id"]
    assert claims["email"] == first["person"]["email"] == served.demo["email"]
    if "introspected" in first:
        known = first["introspected"]
        assert (known["active"], known["client_id"], known["sub"]) == (
            True,
            client_id,
            claims["sub"],
        )
        assert (known["aud"], known["iss"]) == ([served.url], served.base)
        assert set(known["scope"].split()) == set(SCOPE.split())
