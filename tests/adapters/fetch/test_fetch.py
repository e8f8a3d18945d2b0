"""The guarded client on a wire of its own: what it sends, what it takes, where it stops."""

import gzip
import ssl
import zlib

import pytest

from app.adapters import fetch
from app.domain.fetching import NotFetched
from tests.adapters.fetch.wire import (
    AGENT,
    PUBLIC,
    World,
    babbles,
    bomb,
    breaks_off,
    certificate_for,
    drips,
    drips_headers,
    hangs_up,
    moves_to,
    never,
    says,
    server_tls,
    serving,
)
from tests.factories import settings_for

EMPTY = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\0\0\0\xff\xff" * 200_000  # a megabyte of no bytes
PAGES = {
    "/": says(b'{"a":1}'),
    "/page?q=1": says(b"{}", "Application/JSON; charset=utf-8"),
    "/cookie": says(b"{}", Set_Cookie="a=b"),
    "/kept": says(b"{}", Cache_Control="public, Max-Age=300"),
    "/unkept": says(b"{}", Cache_Control="no-store, max-age=300"),
    "/odd": says(b"{}", Cache_Control="max-age=-1"),
    "/for-ever": says(b"{}", Cache_Control=f"max-age={'9' * 5000}"),
    "/padded": says(b"{}", Cache_Control=f"max-age={'0' * 5000}60"),
    "/html": says(b"<p>", "text/html"),
    "/untyped": says(b"{}", ""),
    "/large": says(b" " * 65537),
    "/bomb": bomb(200),
    "/broken": says(b"not gzip", Content_Encoding="gzip"),
    "/layers": says(gzip.compress(gzip.compress(b"{}")), Content_Encoding="gzip, gzip"),
    "/brotli": says(b"{}", Content_Encoding="br"),
    "/zipped": says(gzip.compress(b"{}"), Content_Encoding="gzip"),
    "/deflated": says(zlib.compress(b"{}"), Content_Encoding="Deflate"),
    "/nothing": says(EMPTY, Content_Encoding="gzip"),
    "/slow": drips,
    "/slow-headers": drips_headers,
    "/hangs-up": hangs_up,
    "/breaks-off": breaks_off,
    "/babbles": babbles,
    "/404": says(b"a secret page", status=404),
    "/403": says(b"", status=403),
    "/204": says(b"", status=204),
    "/once": moves_to("/"),
    "/elsewhere": moves_to("http://other.example/"),
    "/round": moves_to("/round"),
    "/file": moves_to("file:///etc/passwd"),
    "/port": moves_to("http://other.example:22/"),
    "/inward": moves_to("http://127.0.0.1/"),
    "/nowhere": moves_to("http://site.example:b/"),
    **{f"/hop{n}": moves_to(f"/hop{n + 1}" if n < 5 else "/") for n in range(6)},
    "/plain": moves_to("http://site.example/"),
}


@pytest.fixture(scope="module")
def site():
    with serving(PAGES) as running:
        yield running


@pytest.fixture
def world(site):
    return World(site)


def because(world, path, **more) -> str:
    with pytest.raises(NotFetched) as caught:
        world.client().get(f"http://site.example{path}", **more)
    assert "secret" not in caught.value.sentence
    return caught.value.because


def test_a_public_page_is_fetched_by_its_name_from_the_checked_address(world):
    got = world.client().get("http://site.example/")
    assert got == ("http://site.example/", "application/json", b'{"a":1}', None, "")
    assert (world.asked, world.dialled) == (["site.example"], [f"{PUBLIC}:80"])
    _, headers = world.site.requests[-1]
    assert (headers["Host"], headers["User-Agent"]) == ("site.example", AGENT)
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_query_and_parameters_of_the_type_do_not_matter(world):
    assert world.client().get("http://site.example/page?q=1#part").content_type == (
        "application/json"
    )


def test_one_layer_of_compression_is_read(world):
    for path in ("/deflated", "/zipped"):
        assert world.client().get(f"http://site.example{path}").body == b"{}"


def test_a_cookie_is_never_sent_back(world):
    client = world.client()
    client.get("http://site.example/cookie")
    client.get("http://site.example/cookie")
    assert "Cookie" not in world.site.requests[-1][1]


def test_no_proxy_of_the_environment_is_used(world, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert world.client().get("http://site.example/").body == b'{"a":1}'


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/html", "content_type"),
        ("/untyped", "content_type"),
        ("/large", "too_large"),
        ("/bomb", "too_large"),
        ("/broken", "unreadable"),
        ("/layers", "unreadable"),
        ("/brotli", "unreadable"),
        ("/nothing", "too_large"),
        ("/404", "status"),
        ("/204", "status"),
        ("/once", "redirect"),
    ],
)
def test_an_answer_that_was_not_asked_for_is_refused(world, path, reason):
    assert because(world, path) == reason


@pytest.mark.parametrize("path", ["/slow", "/slow-headers"])
def test_an_answer_that_never_ends_is_left(world, path):
    assert because(world, path, seconds=0.3) == "timeout"


@pytest.mark.parametrize("path", ["/hangs-up", "/breaks-off", "/babbles"])
def test_a_connection_that_ends_before_its_answer_says_nothing_about_what_is_there(world, path):
    assert because(world, path) == "unreachable"


def test_nothing_is_begun_once_time_is_up(world):
    assert because(world, "/", seconds=0) == "timeout"
    assert world.dialled == []


def test_an_installations_own_client_refuses_what_its_operator_denies(tmp_path):
    settings = settings_for("", tmp_path, fetch_denied=("93.184.216.0/24",))
    client = fetch.fetcher(settings)
    for url in (f"http://{PUBLIC}/", "http://127.0.0.1/", "http://[::1]/"):
        with pytest.raises(NotFetched) as caught:
            client.get(url)
        assert caught.value.because == "refused_address"


def test_a_deny_list_that_cannot_be_read_stops_the_start(tmp_path):
    with pytest.raises(ValueError, match="fetch_denied"):
        settings_for("", tmp_path, fetch_denied=("everything",))


def test_a_name_that_takes_too_long_is_left(site):
    world = World(site)
    with pytest.raises(NotFetched) as caught:
        world.client(resolve=never).get("http://site.example/", seconds=0.1)
    assert (caught.value.because, world.dialled) == ("timeout", [])


@pytest.mark.parametrize(
    ("path", "age"),
    [
        ("/kept", 300),
        ("/unkept", 0),
        ("/odd", None),
        ("/", None),
        ("/for-ever", 2**31),
        ("/padded", 60),
    ],
)
def test_how_long_an_answer_may_be_kept_is_told(world, path, age):
    assert world.client().get(f"http://site.example{path}").max_age_s == age


def test_a_refusal_says_the_status(world):
    with pytest.raises(NotFetched) as caught:
        world.client().get("http://site.example/403")
    assert caught.value.status == 403


def test_redirects_are_followed_as_often_as_asked_and_resolved_anew(world):
    got = world.client().get("http://site.example/elsewhere", redirects=5)
    assert got.url == "http://other.example/"
    assert world.dialled == [f"{PUBLIC}:80", "1.1.1.1:80"]


def test_five_hops_are_followed_and_never_a_sixth(world):
    assert world.client().get("http://site.example/hop1", redirects=5).body == b'{"a":1}'
    assert because(world, "/hop0", redirects=50) == "redirect"
    assert because(world, "/round", redirects=50) == "redirect"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/file", "bad_address"),
        ("/port", "bad_address"),
        ("/inward", "refused_address"),
        ("/nowhere", "redirect"),
    ],
)
def test_a_redirect_is_held_to_the_same_rules(world, path, reason):
    assert because(world, path, redirects=5) == reason
    assert world.dialled == [f"{PUBLIC}:80"]


def test_the_next_address_is_tried_where_the_first_is_down(site):
    import httpcore2

    world = World(site, {"two.example": [PUBLIC, "1.1.1.1"]})

    def dial(address, port, seconds):
        if address == PUBLIC:
            raise httpcore2.ConnectError
        return world.dial(address, port, seconds)

    assert world.client(dial=dial).get("http://two.example/").body == b'{"a":1}'


def test_an_unknown_name_is_unreachable(site):
    world = World(site, {"gone.example": []})
    with pytest.raises(NotFetched) as caught:
        world.client().get("http://gone.example/")
    assert caught.value.because == "unreachable"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_for("site.example", tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def secure(certificate):
    with serving(PAGES, tls=server_tls(certificate)) as running:
        yield running


@pytest.fixture
def trusting(certificate):
    return ssl.create_default_context(cafile=str(certificate))


def test_a_certificate_is_checked_against_the_name(secure, trusting):
    world = World(secure)
    assert world.client(tls=trusting).get("https://site.example/").body == b'{"a":1}'
    assert world.dialled == [f"{PUBLIC}:443"]
    with pytest.raises(NotFetched) as caught:
        world.client(tls=trusting).get("https://other.example/")
    assert caught.value.because == "unreachable"


def test_a_certificate_nobody_vouches_for_is_refused(secure):
    with pytest.raises(NotFetched) as caught:
        World(secure).client().get("https://site.example/")
    assert caught.value.because == "unreachable"


def test_https_never_becomes_http(secure, trusting):
    with pytest.raises(NotFetched) as caught:
        World(secure).client(tls=trusting).get("https://site.example/plain", redirects=5)
    assert caught.value.because == "redirect"
