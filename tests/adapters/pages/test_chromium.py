"""A page is looked at in a real Chromium, which reaches what the guarded client reaches and no more."""

import socket
from base64 import b64decode
from contextlib import contextmanager, suppress

import pytest

from app.adapters.fetch.network import Deadline
from app.adapters.pages.chromium import Chromium
from app.adapters.pages.proxy import Ways
from app.domain.pages.refusals import NotAPage, PageRefused
from tests.adapters.fetch.wire import PUBLIC, moves_to, says, serving
from tests.needed import needed
from tests.page_world import OFFER, SENTENCE, html, world_of

HOSTILE = """<!doctype html><link rel=stylesheet href=BASE/css><link rel=preconnect href=BASE>
<link rel=prefetch href=BASE/prefetch><link rel=dns-prefetch href=//localhost>
<body style="background:url(BASE/background)"><h1>Nothing to see</h1><p>SENTENCE</p>
<img src=BASE/img><img src=/inward><img src=http://[::1]:SIX/><img src=http://0x7f.1:PORT/>
<img src=http://169.254.169.254/latest/meta-data/><img src=http://localhost:PORT/>
<iframe src=BASE/frame></iframe><iframe src=/inward></iframe><iframe src=file:///etc/passwd></iframe>
<iframe srcdoc="<img src=BASE/inner><script>fetch('BASE/inner-fetch')</script>"></iframe>
<object data=BASE/object></object><embed src=BASE/embed><video src=BASE/video autoplay></video>
<form id=f method=post action=BASE/form target=_blank><input name=a value=b></form>
<script>
const quietly = (act) => { try { const done = act(); if (done && done.catch) done.catch(() => {}); } catch {} };
quietly(() => fetch("BASE/fetch", {mode: "no-cors"}));
quietly(() => fetch("/inward", {mode: "no-cors"}));
quietly(() => fetch("BASE/post", {method: "POST", mode: "no-cors", body: "x"}));
quietly(() => navigator.sendBeacon("BASE/beacon", "x"));
quietly(() => new WebSocket("ws://127.0.0.1:PORT/ws"));
quietly(() => new WebSocket("ws://localhost:PORT/ws"));
quietly(() => new WebSocket("wss://127.0.0.1:PORT/wss"));
quietly(() => new EventSource("BASE/events"));
quietly(() => new WebTransport("https://127.0.0.1:PORT/"));
quietly(() => { const x = new XMLHttpRequest(); x.open("GET", "BASE/xhr"); x.send(); });
quietly(() => new Worker(URL.createObjectURL(new Blob(["fetch('BASE/worker'); importScripts('BASE/import')"]))));
quietly(() => navigator.serviceWorker.register("/worker.js"));
quietly(() => window.open("BASE/opened"));
quietly(() => document.getElementById("f").submit());
quietly(async () => {
  const urls = ["stun:127.0.0.1:UDP", "turn:127.0.0.1:UDP", "turn:127.0.0.1:PORT?transport=tcp"];
  const link = new RTCPeerConnection({iceServers: [{urls, username: "a", credential: "b"}]});
  link.createDataChannel("x");
  await link.setLocalDescription(await link.createOffer());
});
</script>"""


@pytest.fixture(autouse=True, scope="module")
def browser():
    return needed("chromium", "apt-get install chromium")


@pytest.fixture(scope="module")
def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.setblocking(False)
        yield listening


@contextmanager
def looking(pages, names=None, ports=(80, 443), seconds=20.0):
    """A world, and a browser that lives in it."""
    with world_of({"/favicon.ico": says(b"", "image/x-icon"), **pages}, names) as world:

        def ways(deadline: Deadline) -> Ways:
            return Ways(deadline, resolve=world.resolve, dial=world.dial, ports=ports)

        yield world, Chromium(ways, seconds=seconds, sandbox=False)


def test_a_page_is_what_its_visitors_get_scripts_run():
    page = OFFER.replace(
        "</body>", "<script>document.querySelector('h1').textContent = 'By script'</script>"
    )
    with looking({"/": html(page)}) as (world, chromium):
        looked = chromium.look("chromium", "http://site.example/")
    assert "<h1>By script</h1>" in looked.html
    assert b64decode(looked.picture).startswith(b"\xff\xd8\xff")  # a JPEG
    assert looked.notes[0].startswith(
        "Layout heuristics, from boxes in a browser 1,280 by 800 and 390"
    )
    assert set(world.dialled) == {f"{PUBLIC}:80"}
    assert set(world.asked) == {"site.example"}  # nothing of the browser's own is asked for


def test_a_hostile_page_reaches_nothing_of_ours(udp):
    with serving({}) as four, serving({}, family=socket.AF_INET6) as six:
        port = four.server_port
        told = {
            "BASE": f"http://127.0.0.1:{port}", "PORT": port, "SIX": six.server_port,
            "UDP": udp.getsockname()[1], "SENTENCE": SENTENCE,
        }  # fmt: skip
        page = HOSTILE
        for name, value in told.items():
            page = page.replace(name, str(value))
        pages = {
            "/": html(page),
            "/inward": moves_to(f"http://127.0.0.1:{port}/redirected"),
            "/worker.js": says(b"fetch('/inward')", "text/javascript"),
        }
        with looking(pages, ports={80, 443, port, six.server_port}) as (world, chromium):
            looked = chromium.look("chromium", "http://site.example/")
        assert (four.connections, six.connections) == (0, 0)
    assert SENTENCE in looked.html
    assert set(world.dialled) == {f"{PUBLIC}:80"}
    with pytest.raises(BlockingIOError):
        udp.recvfrom(1)


def test_a_name_that_changes_its_mind_is_left_where_it_was():
    names = {"turning.example": [[PUBLIC], ["127.0.0.1"], ["10.0.0.1"], ["::1"], ["127.0.0.1"]]}
    page = html(f"<h1>Turning</h1><p>{SENTENCE}</p><img src=/a><img src=/b><img src=/c>")
    with looking({"/": page, "/a": page, "/b": page, "/c": page}, names) as (world, chromium):
        looked = chromium.look("chromium", "http://turning.example/")
    assert SENTENCE in looked.html
    assert world.dialled == [f"{PUBLIC}:80"]


@pytest.mark.parametrize(
    "act",
    [
        "location = 'http://127.0.0.1:PORT/'", "location = 'file:///etc/passwd'", "location = 'chrome://version'",
        "location = '/inward'", "document.write('<meta http-equiv=refresh content=0;url=http://127.0.0.1:PORT/>')",
    ],
)  # fmt: skip
def test_a_page_that_leads_its_visitors_inwards_leads_to_nothing(act):
    with serving({}) as canary:
        page = f"<h1>Here</h1><p>{SENTENCE}</p><script>{act}</script>".replace(
            "PORT", str(canary.server_port)
        )
        pages = {"/": html(page), "/inward": moves_to(f"http://127.0.0.1:{canary.server_port}/")}
        with looking(pages, ports={80, 443, canary.server_port}) as (world, chromium):
            try:
                looked = chromium.look("chromium", "http://site.example/").html
            except PageRefused as refusal:
                looked = refusal.message
        assert canary.connections == 0
    assert "root:" not in looked
    assert set(world.dialled) == {f"{PUBLIC}:80"}


@pytest.mark.parametrize(
    "act",
    ["while (true) {}", "alert(1); confirm(2); prompt(3); while (true) {}", "setInterval(() => { for (let n = 0; n < 1e10; n++); })"],
)  # fmt: skip
def test_a_page_that_never_rests_is_left(act):
    page = html(f"<p>{SENTENCE}</p><script>{act}</script>")
    with looking({"/": page}, seconds=3.0) as (_, chromium), pytest.raises(PageRefused) as caught:
        chromium.look("chromium", "http://site.example/")
    assert caught.value.code == "url_unreachable"


def test_a_page_that_moves_on_is_looked_at_where_it_got_to():
    pages = {
        "/": html("<script>setTimeout(() => location = '/next', 10)</script><p>Wait</p>"),
        "/next": html(f"<h1>Arrived</h1><p>{SENTENCE}</p>"),
    }
    with looking(pages) as (_, chromium):
        assert "Arrived" in chromium.look("chromium", "http://site.example/").html


def test_a_page_that_reloads_for_ever_does_no_harm():
    with (
        looking({"/": html(f"<p>{SENTENCE}</p><script>location.reload()</script>")}) as (
            _,
            chromium,
        ),
        suppress(PageRefused),
    ):
        assert SENTENCE in chromium.look("chromium", "http://site.example/").html


def test_dialogs_keep_nobody_waiting():
    page = html(
        f"<p>{SENTENCE}</p><script>alert(1); confirm(2); onbeforeunload = () => 'no'</script>"
    )
    with looking({"/": page}) as (_, chromium):
        assert SENTENCE in chromium.look("chromium", "http://site.example/").html


def test_what_a_page_does_to_its_own_world_changes_no_measure():
    page = html(
        f"<h1>Plain</h1><p>{SENTENCE}</p><img name=body><img name=querySelectorAll><script>"
        "Element.prototype.getBoundingClientRect = () => { throw 1 }; JSON.stringify = () => 'forged';"
        "window.getComputedStyle = () => ({}); Object.prototype.polis = 1</script>"
    )
    with looking({"/": page}) as (_, chromium), suppress(NotAPage):
        assert "forged" not in "".join(chromium.look("chromium", "http://site.example/").notes)


@pytest.mark.parametrize("path", ["/403", "/away"])
def test_a_page_that_does_not_open_in_a_browser_is_not_looked_at(path):
    pages = {"/403": html(OFFER, status=403), "/away": moves_to("http://inside.example/")}
    with (
        looking(pages, {"inside.example": ["10.0.0.1"]}) as (_, chromium),
        pytest.raises(PageRefused) as caught,
    ):
        chromium.look("chromium", f"http://site.example{path}")
    assert caught.value.code == "url_unreachable"


def test_a_program_that_is_no_browser_is_none():
    with looking({"/": html(OFFER)}) as (_, chromium), pytest.raises(PageRefused) as caught:
        chromium.look("true", "http://site.example/")
    assert caught.value.code == "visual_unavailable"
