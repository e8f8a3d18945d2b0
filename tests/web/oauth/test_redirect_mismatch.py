"""S1 at the door: an address that was not registered gets a page, never a redirect."""

from app.web import create_app
from tests import oauth
from tests.domain.clients.test_redirects import MUTATIONS, REGISTERED

BASE = "http://127.0.0.1:8000"


def test_s1_forty_mutations_of_a_registered_address_end_on_a_page(services, measured):
    client = oauth.client(services, redirect_uris=[REGISTERED])
    http = create_app(services).test_client()
    request = {
        "client_id": client.client_id, "response_type": "code", "scope": "mcp", "state": "s",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }  # fmt: skip

    def ask(uri):
        query = {**request, "redirect_uri": uri}
        return http.get("/oauth/authorize", base_url=BASE, query_string=query)

    assert len(MUTATIONS) >= 40
    assert ask(REGISTERED).status_code in {302, 303}  # to the sign-in page
    answers = {mutation: ask(mutation) for mutation in MUTATIONS}
    stays = (400, None, "text/html")
    passed = [
        mutation
        for mutation, each in answers.items()
        if (each.status_code, each.headers.get("Location"), each.mimetype) != stays
    ]
    measured("S1", "mutations of a redirect address", len(answers))
    measured("S1", "mutations that pass", len(passed))
    assert passed == []
