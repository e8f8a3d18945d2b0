"""A bench says of each aim whether it was met, on both sides of the bound, and ends as it was asked to."""

import pytest

from bench import aims

STRICT = {"strict": True}


def rounds(rate, p99=10.0):
    return [{"ok_rps": rate * share, "p99": p99} for share in (0.5, 1.0, 3.0)]


def calls(account, p99, docs):
    """A run in which mcp2 does 100 a second in 20 ms, fastmcp 50, and a bare view 1,000."""
    peers = {"mcp2": rounds(100, 20.0), "fastmcp": rounds(50)}
    page = {"polis_docs": rounds(docs), aims.FLOOR: rounds(1000)}
    return {"call": {"polis": rounds(account, p99), **peers}, "get": page}


def tokens(refresh, p99, code):
    """One in which authlib_wal does 100 a second of either, and better_auth 80."""
    peers = {"authlib_wal": rounds(100), "better_auth": rounds(80)}
    return {
        "refresh": {"polis": rounds(refresh, p99), **peers},
        "code": {"polis": rounds(code), "authlib_wal": rounds(100)},
    }


def missed(found):
    """By issue and words, what was measured and does not hold."""
    return {(aim.issue, aim.what) for aim in found if aim.found is not None and not aim.met}


@pytest.mark.parametrize(
    ("measured", "wanted"),
    [
        (calls(200, 10.0, 500), set()),
        (calls(199, 10.0, 500), {(8, "polis_account to mcp2")}),
        (calls(109, 10.0, 500), {
            (2, "polis_account to mcp2"), (8, "polis_account to mcp2"), (2, "polis_account to fastmcp"),
        }),
        (calls(200, 10.1, 500), {(8, "p99 of polis_account to that of mcp2")}),
        (calls(200, 10.0, 499), {(8, f"a page of the docs to {aims.FLOOR}")}),
    ],
)  # fmt: skip
def test_calls_and_pages_are_held_against_their_peers(measured, wanted):
    assert missed(aims.of_calls(measured)) == wanted


@pytest.mark.parametrize(
    ("measured", "wanted"),
    [
        (tokens(200, 80.0, 250), set()),
        (tokens(199, 80.0, 250), {(8, "refresh to authlib_wal")}),
        (tokens(200, 81.0, 250), {(8, "p99 of a refresh")}),
        (tokens(200, 151.0, 250), {(3, "p99 of a refresh"), (8, "p99 of a refresh")}),
        (tokens(200, 80.0, 249), {(3, "code exchange to authlib_wal")}),
        (tokens(191, 80.0, 250), {(8, "refresh to authlib_wal"), (3, "refresh to better_auth")}),
    ],
)
def test_tokens_are_held_against_the_musts_of_both_issues(measured, wanted):
    assert missed(aims.of_tokens(measured)) == wanted


def test_the_main_job_and_a_start_have_bounds_of_their_own():
    assert missed(aims.of_main_job({aims.STANDARD: 2.0, aims.DEEP: 2.0})) == set()
    late = aims.of_main_job({aims.STANDARD: 2.1, aims.DEEP: 2.1})
    assert {issue for issue, _ in missed(late)} == {2, 8}
    assert missed(aims.of_start("sqlite", 0.6, 150)) == set()
    assert len(missed(aims.of_start("sqlite", 0.61, 151))) == 2


def test_each_is_said_and_what_was_not_measured_is_no_aim_that_was_met(capsys):
    found = [*aims.of_start("sqlite", 0.5, 151), *aims.of_main_job({aims.DEEP: 1.0})]
    aims.end(found, strict=False)
    said = [line.rsplit("| ", 1)[1].removesuffix(" |") for line in capsys.readouterr().out.splitlines()[3:]]  # fmt: skip
    assert said == ["met", "NOT MET", "not measured", "met"]


@pytest.mark.parametrize("seconds", [0.7, None])
def test_whoever_asks_strictly_is_told_by_the_exit_code(seconds, capsys):
    aims.end(aims.of_start("sqlite", 0.6, 150), **STRICT)
    with pytest.raises(SystemExit) as ended:
        aims.end(aims.of_start("sqlite", seconds, 150), **STRICT)
    assert ended.value.code == 1
    assert "cold start" in capsys.readouterr().out
