"""Names of clients: legible, and not those of others."""

# ruff: noqa: RUF001 # look-alikes are the subject

import pytest

from app.domain.clients import names

EVIL = ["https://evil.example/cb"]
LOOKALIKES = [
    "Claude", "claude", "CLAUDE", "  Claude ", "Claude.", "C l a u d e", "Сlаudе", "Cl\u0430ude",
    "C1aude", "CIaude", "Ｃｌａｕｄｅ", "𝐂𝐥𝐚𝐮𝐝𝐞", "Cláude", "Claude\u0301", "Claude Code",
    "Chat GPT", "ChatGPT", "СhаtGРТ", "0penAI", "Cursоr", "CURSOR", "Gr0k", "VS Code",
    "Visual Studio Code", "Polis", "PΟLIS", "P0LlS", "polis", "Codex",
    "Claude\u3164", "Cl\u115faude", "\u1160Claude", "Claude\uffa0", "\u13dflaude",
    "\u13df\u13de\u13aau\u13a0\u13ac", "\ua4da\ua4e1\ua4ee\ua4f4\ua4d3\ua4f0", "\u03f9laude",
    "\u03f2laude", "\u2ca5laude", "\u2ca4\u2cd0\u2c80ude", "C\u0397AT GPT", "A\u039dTHROPIC",
    "\u13e2o\u13de\u13a5\u13da", "\ua4d1\ua4f3\ua4e1\ua4f2\ua4e2", "C\ua4f4RSO\u13a1", "OPE\u2c9a\u13aai",
]  # fmt: skip


@pytest.mark.parametrize("name", LOOKALIKES)
def test_a_name_that_reads_like_a_known_one_is_refused_for_another_https_host(name):
    assert names.imitates(names.clean(name), EVIL, "polis.example")


@pytest.mark.parametrize("name", ["Claudia", "My Claude helper", "Cursory", "Acme", "Metropolis"])
def test_another_name_is_free(name):
    assert names.imitates(name, EVIL, "polis.example") is None


@pytest.mark.parametrize("uri", ["http://localhost/callback", "cursor://anysphere/cb"])
def test_a_program_on_this_machine_keeps_a_known_name(uri):
    assert names.imitates("Claude Code", [uri], "polis.example") is None


def test_the_vendor_itself_keeps_its_name():
    uris = ["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"]
    assert names.imitates("Claude", uris, "polis.example") is None
    assert names.imitates("Polis", ["https://polis.example/cb"], "polis.example") is None


def test_one_foreign_host_among_the_vendors_own_is_enough():
    assert names.imitates("Claude", ["https://claude.ai/x", *EVIL], "polis.example") == "Claude"


def test_a_vendor_cannot_take_the_name_of_another():
    assert names.imitates("ChatGPT", ["https://claude.ai/x"], "polis.example") == "ChatGPT"


def test_gap_12_a_name_is_composed_and_freed_of_what_hides_or_reorders():
    written = "Cafe\u0301\u202e \u200bapp\x00\r\n\ttwo\u2066\ufeff"
    assert names.clean(written) == "Caf\u00e9 app two"


@pytest.mark.parametrize("fillers", ["\u3164", "\u115f\u1160 \uffa0", "\u3164\u200b\u3164"])
def test_a_name_of_nothing_but_fillers_is_none(fillers):
    assert names.clean(fillers) == ""
    assert names.problem(names.clean(fillers))


@pytest.mark.parametrize(("length", "sound"), [(0, False), (1, True), (80, True), (81, False)])
def test_gap_12_a_name_has_at_most_80_characters(length, sound):
    assert (names.problem("n" * length) is None) is sound


@pytest.mark.parametrize(
    ("verified", "uri", "told"),
    [
        (True, "https://claude.ai/cb", "Claude"),
        (False, "https://app.example/cb", "An app at app.example"),
        (False, "myapp://cb", "An app at myapp"),
        (False, None, "An app"),
    ],
)
def test_a_mail_calls_an_app_by_its_name_only_where_somebody_vouches_for_it(verified, uri, told):
    assert names.in_mail("Claude", uri, verified=verified) == told
