"""Pages of the documentation as HTML: each form they use, and nothing slips through as markup."""

import re

import pytest

from app.docs.html import headings, html
from app.docs.published import published
from tests.factories import settings_for


@pytest.mark.parametrize(
    ("markdown", "made"),
    [
        ("one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>"),
        ("**so** `a_b` c", "<p><strong>so</strong> <code>a_b</code> c</p>"),
        ("`**a** [b](c)`", "<p><code>**a** [b](c)</code></p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("a <b> & `<i>`", "<p>a &lt;b&gt; &amp; <code>&lt;i&gt;</code></p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("[a](/docs/x.md#y)", '<p><a href="/docs/x#y">a</a></p>'),
        ("[a](https://x.example/y.md)", '<p><a href="https://x.example/y.md">a</a></p>'),
        (
            "```text\n# <b>\n- no list\n```\nafter",
            '<figure class="code"><figcaption><span></span></figcaption><pre tabindex="0"><code># '
            "&lt;b&gt;\n- no list\n"
            "</code></pre></figure><p>after</p>",
        ),
        (
            '```sh terminal\necho "<b>" # so\n```',
            '<figure class="code"><figcaption><span>terminal</span></figcaption>'
            '<pre tabindex="0"><code><span class="n">echo</span> '
            '<span class="s">&quot;&lt;b&gt;&quot;</span> <span class="c"># so\n</span>'
            "</code></pre></figure>",
        ),
        (
            "```sh cURL\na\n```\n```python Python\nb\n```\nc",
            '<div class="tabs"><fieldset><legend class="sr">Language</legend>'
            '<label><input type="radio" name="tabs-1" value="cURL" checked>cURL</label>'
            '<label><input type="radio" name="tabs-1" value="Python">Python</label></fieldset>'
            '<div class="pane"><figure class="code"><figcaption><span>Terminal</span></figcaption>'
            '<pre tabindex="0"><code>a\n</code></pre></figure></div>'
            '<div class="pane"><figure class="code"><figcaption><span>Python</span></figcaption>'
            '<pre tabindex="0"><code>b\n</code></pre></figure></div></div><p>c</p>',
        ),
        (
            "```sh cURL\na\n```",
            '<figure class="code"><figcaption><span>Terminal</span></figcaption>'
            '<pre tabindex="0"><code>a\n</code></pre></figure>',
        ),
        (
            "## invalid_client\nIt is `x`.",
            '<h2 id="invalid_client">invalid_client<a class="anchor" href="#invalid_client" '
            'aria-label="Link to: invalid_client">#</a></h2><p>It is <code>x</code>.</p>',
        ),
        (
            "| a | `b` |\n|---|---|\n| `c\\|d` | e |",
            '<div class="holder"><table class="table cards"><thead><tr><th scope="col">a</th>'
            '<th scope="col"><code>b</code></th></tr></thead><tbody><tr><th scope="row">'
            '<code>c|d</code></th><td data-label="b">e</td></tr></tbody></table></div>',
        ),
    ],
)
def test_a_form_of_markdown_becomes_its_element(markdown, made):
    assert re.sub(r"(?<=>)\n(?=<)", "", html(markdown)).rstrip("\n") == made


def test_what_stands_on_a_page_is_told_by_its_headings():
    assert headings("## One `x`\na\n### Not this\nb\n## Two & three") == [
        ("one-x", "One x"),
        ("two-three", "Two & three"),
    ]


def test_no_page_is_left_with_marks_of_markdown(tmp_path):
    catalogue = published(settings_for("", tmp_path))
    for page in catalogue.pages:
        made = html(catalogue.text(page))
        prose = re.sub(r"<code>.*?</code>", "", made, flags=re.DOTALL)
        shown = re.sub(r"<[^>]+>", "\n", prose)
        assert re.findall(r"\*\*|`|\]\(|^\||^#{2,}|^[-*] ", shown, re.MULTILINE) == []
        names = re.findall(r' id="([^"]*)"', made)
        assert len(set(names)) == len(names)
