"""How a Python client talks with its test: JSON lines both ways; where its tokens are kept."""

import json
import sys


def say(**facts):
    print(json.dumps(facts), flush=True)


def hear():
    line = sys.stdin.readline()
    if not line:
        sys.exit("nobody answers any more")
    return json.loads(line)


class Kept:
    """A store of the SDKs, in memory."""

    tokens = client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client

    def told(self):
        return told(self.tokens, self.client)


def told(tokens, client):
    """Both as the test is told them."""
    facts = {"tokens": tokens, "client": client}
    return {name: each.model_dump(mode="json", exclude_none=True) for name, each in facts.items()}


async def visit(url):
    say(visit=url)
