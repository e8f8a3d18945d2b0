"""S29: what is read of a page, what is left out, and what is no page at all."""

import gzip

import pytest

from app.adapters.pages.reader import MOST_BYTES, Pages
from app.domain.pages.page import LONGEST
from app.domain.pages.refusals import PageRefused
from tests.adapters.fetch.wire import bomb, moves_to, says
from tests.page_world import NO_BROWSER, OFFER, SENTENCE, body, html, world_of

SITE = {
    "/": html(OFFER),
    "/xhtml": says(
        b"<?xml version='1.0' encoding='utf-16'?><html xmlns='http://www.w3.org/1999/xhtml'><body>"
        b"<h1>Title</h1><p>" + SENTENCE.encode() + b"</p></body></html>",
        "application/xhtml+xml",
    ),
    "/plain": says(SENTENCE.encode() + b"\n<b>not markup</b>", "text/plain; charset=utf-8"),
    "/latin": says(f"<p>Caf\xe9 {SENTENCE}</p>".encode("latin-1"), "text/html; charset=latin1"),
    "/zipped": says(gzip.compress(OFFER.encode()), "text/html", Content_Encoding="gzip"),
    "/moved": moves_to("/"),
    "/hidden": body("<p>a\u202eb\u200b\u2066c\x07d \u0000e</p>"),
    "/script": body("<script>steal()</script><style>p{}</style><noscript>Turn it on</noscript>"),
    "/escaped": body("<p>2 * 3 &lt;script&gt;alert(1)&lt;/script&gt; _so_ [x](javascript:y)</p>"),
    "/links": body('<a href="javascript:alert(1)">click</a><img src=x onerror=alert(1) alt="">'),
    "/base": html(f"<base href=http://127.0.0.1/><body><a href=x>y</a><p>{SENTENCE}</p>"),
    "/entity": html(
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><body><p>&x; {SENTENCE}</p>'
    ),
    "/bold": body("<p>It is <b>very</b> <em>plainly</em> <a href=/x>said</a>.</p>"),
    "/long": html("<body>" + f"<p>{SENTENCE}</p>" * 900),
    "/empty": html(""),
    "/spaces": html("<body>" + "&nbsp;" * 500 + "</body>"),
    "/zeros": says(bytes(5000), "text/html"),
    "/application": html(
        "<body><div id=root></div><script src=a.js></script><noscript>You need to enable JavaScript "
        "to run this application in your browser.</noscript></body>"
    ),
    "/login": html("<body><form><label>Password<input type=PASSWORD></label><button>Sign in"),
    "/refresh": html('<meta http-equiv="Refresh" content="0;url=http://127.0.0.1/">'),
    "/pdf": says(b"%PDF-1.7", "application/pdf"),
    "/png": says(b"\x89PNG", "image/png"),
    "/mp4": says(b"", "video/mp4"),
    "/json": says(b"{}", "application/json"),
    "/docx": says(b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "/binary": says(b"\0", "application/octet-stream"),
    "/untyped": says(OFFER.encode(), ""),
    "/404": html(OFFER, status=404),
    "/401": html(OFFER, status=401),
    "/500": html("a secret stack trace", status=500),
    "/large": html("x" * (MOST_BYTES + 1)),
    "/bomb": bomb(200, "text/html"),
    "/lists": html("<body>" + "<ul><li>x y z</li></ul>" * 60_000),
    "/inward": moves_to("http://127.0.0.1/"),
    "/metadata": moves_to("http://169.254.169.254/latest/meta-data/"),
    "/round": moves_to("/round"),
}


@pytest.fixture(scope="module")
def world():
    with world_of(SITE) as living:
        yield living


def read(world, path):
    return Pages(world.client(), NO_BROWSER).read(f"http://site.example{path}", "copy")


def refused(world, path):
    with pytest.raises(PageRefused) as caught:
        read(world, path)
    assert caught.value.hint
    assert "secret" not in caught.value.message
    return caught.value.code, caught.value.message


def test_the_text_of_a_page_is_read_and_not_what_stands_around_it(world):
    page = read(world, "/")
    lines = [line for line in page.text.split("\n") if line]
    assert lines[:2] == ["# Send invoices in a minute", SENTENCE]
    assert "Start free" in lines
    assert not {"Home", "Pricing", "Imprint", "Acme"} & set(page.text.split())
    assert (page.url, page.cut, page.notes) == ("http://site.example/", False, None)


@pytest.mark.parametrize("path", ["/xhtml", "/plain", "/latin", "/zipped", "/base", "/entity"])
def test_whatever_is_a_page_is_read(world, path):
    assert SENTENCE in read(world, path).text


def test_a_redirect_is_followed_and_said(world):
    assert read(world, "/moved").url == "http://site.example/"


@pytest.mark.parametrize(
    ("path", "there", "gone"),
    [
        ("/hidden", "bcd", "\u202e\u200b\u2066\x07\x00"),
        ("/script", SENTENCE, ("steal", "p{}", "Turn it on")),
        ("/escaped", "2 * 3 <script>alert(1)</script> _so_ [x](javascript:y)", "\\"),
        ("/links", "click", ("javascript:", "onerror")),
        ("/bold", "It is very plainly said.", "*"),
        ("/entity", SENTENCE, ("root:", "/bin/")),
        ("/plain", "<b>not markup</b>", ()),
        ("/latin", "Café", ()),
    ],
)
def test_text_is_what_a_reader_would_see_and_nothing_else(world, path, there, gone):
    text = read(world, path).text
    assert there in text
    assert [each for each in gone if each in text] == []


def test_a_long_page_is_cut_where_any_text_ends(world):
    page = read(world, "/long")
    assert page.cut
    assert LONGEST - 100 < len(page.text) <= LONGEST


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/empty", "not_a_page", "next to no text"),
        ("/spaces", "not_a_page", "next to no text"),
        ("/zeros", "not_a_page", "next to no text"),
        ("/application", "not_a_page", "until its scripts have run"),
        ("/login", "not_a_page", "sign in"),
        ("/refresh", "not_a_page", "leads on to another"),
        ("/pdf", "not_a_page", "a PDF"),
        ("/png", "not_a_page", "an image"),
        ("/mp4", "not_a_page", "a video"),
        ("/json", "not_a_page", "data (JSON)"),
        ("/docx", "not_a_page", "an office document"),
        ("/binary", "not_a_page", "a file"),
        ("/untyped", "not_a_page", "no stated type"),
        ("/404", "url_unreachable", "answers 404"),
        ("/401", "url_unreachable", "answers 401"),
        ("/500", "url_unreachable", "answers 500"),
        ("/large", "too_large", "2 MiB"),
        ("/bomb", "too_large", "2 MiB"),
        ("/lists", "too_large", "too intricately"),
        ("/round", "url_unreachable", "redirects"),
        ("/inward", "url_blocked", "not public"),
        ("/metadata", "url_blocked", "not public"),
    ],
)
def test_what_cannot_be_read_is_named(world, path, code, words):
    found, message = refused(world, path)
    assert found == code
    assert words in message
