"""Whoever holds a pay link, in front of a browser, and the links that an agent is given."""

import re

from tests.tools.agent import Agent
from tests.tools.installation import Installation

BASE = "http://127.0.0.1:8000"


class Browser:
    """A visitor without any credential; it stays on the page it opened last."""

    def __init__(self, polis: Installation) -> None:
        self._http = polis.app.test_client()

    def open(self, url: str, method: str = "GET", **more):
        return self._http.open(url, method=method, base_url=BASE, **more)

    def press(self, url: str):
        """Press the page's one button and go where it leads."""
        assert re.findall(r"<(?:form|button)[^>]*>", self.open(url).text) == [
            '<form method="post">', '<button class="btn btn-primary btn-wide" type="submit">',
        ]  # fmt: skip
        answer = self.open(url, "POST")
        assert answer.status_code == 303
        return answer.headers["Location"]

    def pay(self, checkout: str, do: str = "pay") -> str:
        """Press a button of the provider's page; gives where it leads."""
        answer = self.open(checkout, "POST", data={"do": do})
        assert answer.status_code == 303
        return answer.headers["Location"]


def links_of(agent: Agent) -> dict[str, str]:
    """What is sold to an organization, and where."""
    account = agent.call("polis_account")
    packs = {f"pack {pack['pack']}": pack["url"] for pack in account["topup_packs"]}
    return packs | {f"plan {name}": url for name, url in account["checkout_urls"].items()}
