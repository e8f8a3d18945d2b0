"""Both functions of the page about webhooks, run over headers as they are signed here."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from app.docs.published import published
from app.domain.webhooks import secret, signing
from app.kit import clock
from tests.factories import settings_for
from tests.needed import BY_NPM, needed

NODE = Path(__file__).parents[1] / "clients/node_modules/node/bin/node"
BODY = '{"type":"run.completed","data":{"label":"Größe"}}'
SEALED_BY = "a key of the test's own"
RUN = """
import { readFileSync } from "node:fs";
for (const [secret, headers, body] of JSON.parse(readFileSync(0, "utf8")))
  console.log(verify(secret, new Headers(headers), body));
"""


@pytest.fixture
def page(tmp_path):
    catalogue = published(settings_for("", tmp_path))
    return catalogue.text(catalogue.page("webhooks"))


def deliveries() -> list[tuple[bool, str, dict[str, str], str]]:
    """Whether it is ours and new, the reader's secret, the headers, and the body that came."""
    new, old, other = (secret.new([SEALED_BY]).plain for _ in range(3))
    now = int(clock.now().timestamp())

    def signed(at=now, by=(new, old)):
        return signing.headers("evt_1", at, BODY.encode(), by)

    return [
        (True, new, signed(), BODY),
        (True, old, signed(), BODY),  # while the secret rolls
        (True, new, signed(at=now - 240), BODY),
        (False, other, signed(), BODY),
        (False, old, signed(by=(new,)), BODY),
        (False, new, signed(), BODY.replace("run", "cap")),
        (False, new, signed() | {"webhook-id": "evt_2"}, BODY),
        (False, new, signed() | {"webhook-timestamp": str(now - 1)}, BODY),
        (False, new, signed(at=now - 360), BODY),
        (False, new, signed(at=now + 360), BODY),
        (False, new, signed() | {"webhook-signature": "v1, v1,AAAA"}, BODY),
    ]


def program(page: str, language: str) -> str:
    (found,) = re.findall(rf"^```{language} \w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return found


def test_the_python_function_takes_what_we_sign_and_nothing_else(page):
    names = {}
    exec(compile(program(page, "python"), "webhooks.md", "exec"), names)  # our own page's
    told = deliveries()
    assert [names["verify"](key, sent, body.encode()) for _, key, sent, body in told] == [
        good for good, *_ in told
    ]


def test_the_typescript_function_takes_what_we_sign_and_nothing_else(page, tmp_path):
    node, told = needed(NODE, BY_NPM), deliveries()
    (tmp_path / "verify.mts").write_text(program(page, "ts") + RUN, encoding="utf-8")
    done = subprocess.run(
        [node, "--no-warnings", "verify.mts"], input=json.dumps([each[1:] for each in told]),
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [line == "true" for line in done.stdout.split()] == [good for good, *_ in told]
