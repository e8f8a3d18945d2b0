"""`curl …/start | sh`: the script a stranger pipes into a shell, and what it leaves them with."""

import re
import subprocess

import pytest

from app.docs.published import published
from tests.factories import settings_for
from tests.flows.conftest import SHELLS
from tests.needed import needed
from tests.served import Served


@pytest.fixture(scope="module")
def running(copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("start")
    with Served(copies.fresh("sqlite", folder), folder) as served:
        yield served


def piped(shell, script, *arguments):
    return subprocess.run(
        [*shell, "-s", "--", *arguments], input=script, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


def fetched(running):
    """As the documented line fetches it."""
    got = subprocess.run(
        ["curl", "-fsSL", f"{running.base}/start"], capture_output=True, text=True, check=True
    )
    return got.stdout


@pytest.fixture
def plain(tmp_path):
    settings = settings_for("", tmp_path).model_copy(update={"base_url": "https://polis.example"})
    return published(settings).start()


def test_shellcheck_finds_nothing_in_it(plain):
    checker = needed("shellcheck", "apt-get install shellcheck")
    done = subprocess.run(
        [checker, "--shell=sh", "-"], input=plain, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
def test_a_stranger_gets_a_key_that_works(running, shell):
    email = f"kim.{shell[-1].strip('-')}@example.com"
    done = piped(shell, fetched(running), email)
    assert done.returncode == 0, done.stderr
    key = re.search(r"export POLIS_KEY=(sk_live_\w{38})\n", done.stdout)[1]
    assert running.call("polis_account", {}, key)["trial_tokens_remaining"] == 150
    assert f"claude mcp add --transport http polis {running.base}/mcp" in done.stdout
    assert "$POLIS_KEY" in done.stdout
    assert re.search(rf"{running.base}/pay/\S+\n", done.stdout)
    assert re.search(r"ends on \d{4}-\d\d-\d\dT", done.stdout)


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
def test_a_second_time_it_says_why_there_is_no_other_key(running, shell):
    email = f"twice.{shell[-1].strip('-')}@example.com"
    assert piped(shell, fetched(running), email).returncode == 0
    again = piped(shell, fetched(running), email)
    assert again.returncode == 1
    assert "nobody has confirmed it yet" in again.stderr
    assert "sk_live_" not in again.stdout


@pytest.mark.parametrize("order", [["--dry-run", "a@b.example"], ["a@b.example", "--dry-run"]])
def test_a_dry_run_says_what_it_would_ask_and_asks_nothing(plain, order):
    done = piped(["sh"], plain, *order)  # polis.example does not exist: asking would fail
    assert done.returncode == 0, done.stderr
    assert '{"email": "a@b.example"}' in done.stdout
    assert "https://polis.example/api/provision" in done.stdout
    assert done.stdout.endswith("Nothing was sent.\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "which address is it for?"),
        (["nobody"], "nobody is not an e-mail address."),
        (["a@b.example", "c@d.example"], "one address at a time."),
        (["--force", "a@b.example"], "unknown option --force"),
        (['a"@b.example'], "the address may hold"),
        (["a@b.example; rm -rf x"], "the address may hold"),
        (["$(id)@b.example"], "the address may hold"),
        (["a\\@b.example"], "the address may hold"),
    ],
)
def test_what_it_cannot_use_it_refuses_in_a_sentence(plain, arguments, sentence):
    done = piped(["sh"], plain, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_installation_that_is_away_is_said_to_be(plain):
    script = plain.replace("https://polis.example", "http://127.0.0.1:9")
    done = piped(["sh"], script, "a@b.example")
    assert done.returncode == 1
    assert "http://127.0.0.1:9 could not be reached." in done.stderr
