"""Pages of the documentation as HTML: each form they use, and nothing slips through as markup."""

import re

import pytest

from app.docs.catalogue import Catalogue
from app.docs.html import html
from tests.factories import settings_for


@pytest.mark.parametrize(
    ("markdown", "made"),
    [
        ("one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>\n"),
        ("**so** `a_b` c", "<p><b>so</b> <code>a_b</code> c</p>\n"),
        ("`**a** [b](c)`", "<p><code>**a** [b](c)</code></p>\n"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>\n"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>\n"),
        ("a <b> & `<i>`", "<p>a &lt;b&gt; &amp; <code>&lt;i&gt;</code></p>\n"),
        ("[a](/docs/x.md#y)", '<p><a href="/docs/x#y">a</a></p>\n'),
        ("[a](https://x.example/y.md)", '<p><a href="https://x.example/y.md">a</a></p>\n'),
        (
            "```sh\n# <b>\n- no list\n```\nafter",
            '<figure class="code"><pre tabindex="0"><code># &lt;b&gt;\n- no list\n</code></pre></figure>\n'
            "<p>after</p>\n",
        ),
        (
            "## invalid_client\nIt is `x`.",
            '<h2 id="invalid_client">invalid_client<a class="anchor" href="#invalid_client" '
            'aria-label="Link to: invalid_client">#</a></h2>\n<p>It is <code>x</code>.</p>\n',
        ),
        (
            "| a | `b` |\n|---|---|\n| `c|d` | e |",
            '<div class="holder"><table class="table cards"><thead><tr><th scope="col">a</th>'
            '<th scope="col"><code>b</code></th></tr></thead><tbody><tr><th scope="row">'
            '<code>c|d</code></th><td data-label="b">e</td></tr></tbody></table></div>\n',
        ),
    ],
)
def test_a_form_of_markdown_becomes_its_element(markdown, made):
    assert html(markdown) == made


def test_no_page_is_left_with_marks_of_markdown(tmp_path):
    catalogue = Catalogue(settings_for("", tmp_path))
    for page in catalogue.pages:
        made = html(catalogue.markdown(page.slug).partition("\n\n")[2])
        prose = re.sub(r"<code>.*?</code>", "", made, flags=re.DOTALL)
        shown = re.sub(r"<[^>]+>", "\n", prose)
        assert re.findall(r"\*\*|`|\]\(|^\||^#{2,}|^[-*] ", shown, re.MULTILINE) == []
        names = re.findall(r' id="([^"]*)"', made)
        assert len(set(names)) == len(names)
