"""The checks of pages can fail: each sees the fault it is for."""

import pytest

from tests.browser.looks import faults

HEAD = '<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>It</h1>'


@pytest.fixture
def show(page, site):
    """Open a page of this markup, under the policy of ours."""
    name = "Content-Security-Policy"
    policy = site.app.test_client().get("/", base_url=site.base).headers[name]

    def opened(markup: str) -> None:
        page.route("**/made-up", lambda route: route.fulfill(
            body=HEAD + markup, content_type="text/html",
            headers={name: policy},
        ))  # fmt: skip
        page.goto("/made-up")

    return opened


def test_a_sound_page_is_without_fault(page, show):
    show("<p>Hello</p>")
    assert faults(page) == []


def test_grey_text_is_a_fault(page, show):
    show('<p><font color="#999999">Hello</font></p>')
    assert faults(page) == ["color-contrast: font"]


def test_a_field_without_a_label_is_a_fault(page, show):
    show("<form><input name='it'></form>")
    assert faults(page) == ["label: input"]


def test_what_stands_out_sideways_is_a_fault(page, show):
    show('<pre class="long">' + "x" * 2000 + "</pre>")
    assert faults(page) == ["too wide: main.", "too wide: pre.long"]


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">Hello</p>',
        "<script>1</script>",
        '<img src="https://elsewhere.example/pixel.png" alt="">',
        '<img src="/nowhere.png" alt="">',
    ],
)
def test_what_the_policy_forbids_or_is_not_there_is_complained_of(page, show, complaints, markup):
    show(markup)
    page.wait_for_load_state("networkidle")
    assert len(complaints) == 1
    complaints.clear()
