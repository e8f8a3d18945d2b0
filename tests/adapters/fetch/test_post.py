"""What the guarded client sends, what it keeps of an answer, and where it never connects."""

import pytest

from app.domain.fetching import NotFetched
from tests.adapters.fetch.wire import AGENT, World, drips_headers, moves_to, says, serving

SENT = {"content-type": "application/json", "webhook-id": "evt_1"}
PAGES = {
    "/taken": says(b"", status=204),
    "/told": says(b"x" * 5000, "text/plain", status=500),
    "/moved": moves_to("http://127.0.0.1/"),
    "/slow-headers": drips_headers,
}
INWARD = {
    "inward.example": ["10.0.0.1"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
}
REFUSED = [
    "http://127.0.0.1/", "http://[::1]/", "http://site.example:22/", "http://a:b@site.example/",
    "ftp://site.example/", "http://2130706433/", "", *(f"http://{name}/" for name in INWARD),
]  # fmt: skip


@pytest.fixture(scope="module")
def site():
    with serving(PAGES) as running:
        yield running


@pytest.fixture
def world(site):
    return World(site, dict(INWARD))


def post(world, path, **more):
    return world.client().post(f"http://site.example{path}", b'{"a":1}', SENT, **more)


def test_what_is_sent_is_what_was_given_and_who_we_are(world, site):
    assert post(world, "/taken") == (204, b"")
    path, headers, body = site.requests[-1]
    assert (path, body) == ("/taken", b'{"a":1}')
    told = {name.lower(): value for name, value in headers.items()}
    assert told["webhook-id"] == "evt_1"
    assert told["user-agent"] == AGENT
    assert told["host"] == "site.example"
    assert not {"cookie", "authorization"} & set(told)


def test_of_an_answer_its_beginning_is_kept_whatever_its_status(world):
    assert post(world, "/told", most_bytes=1024) == (500, b"x" * 1024)


def test_a_redirect_is_an_answer_and_is_not_followed(world):
    assert post(world, "/moved").status == 302
    assert world.dialled == ["93.184.216.34:80"]


def test_a_slow_answer_ends_with_its_time(world):
    with pytest.raises(NotFetched) as caught:
        post(world, "/slow-headers", seconds=0.2)
    assert caught.value.because == "timeout"


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_inside_or_of_an_odd_shape_is_refused_before_any_connection(world, url):
    client = world.client()
    for act in (client.check, lambda address: client.post(address, b"{}", SENT)):
        with pytest.raises(NotFetched) as caught:
            act(url)
        assert caught.value.because in {"bad_address", "refused_address"}
    assert world.dialled == []


def test_a_name_that_cannot_be_looked_up_now_passes_the_check(world):
    world.client(resolve=lambda *_: []).check("http://unknown.example/")
    world.client().check("http://site.example/")
