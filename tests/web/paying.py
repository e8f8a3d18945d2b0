"""An agent whose person is asked on our page, and the person who pays there or does not."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from app.kit import clock
from app.models.billing import Purchase
from tests import oauth
from tests.tools.agent import NEWEST_LEGACY, Agent, Json, promised
from tests.tools.installation import Installation
from tests.web.account.browser import BASE, Visitor
from tests.web.member import Someone

URL: Json = {"elicitation": {"url": {}}}
CHECKOUT = f"{BASE}/billing/simulated/checkout/"
PAGE = f"{BASE}/app/pay/"
PACK = {"pack": "small"}


def greeting(agent: Agent, capabilities: Json = URL, revision: str = NEWEST_LEGACY) -> Agent:
    """An agent whose client has shaken hands."""
    hello = {"protocolVersion": revision, "capabilities": capabilities}
    assert agent.result("initialize", hello, revision=revision)["protocolVersion"] == revision
    return agent


def app_of(someone: Someone, **more: Any) -> Agent:
    """An agent of an app that somebody approved for themselves, unless told otherwise."""
    who = replace(someone.who)
    made = oauth.tokens(someone.polis.services, who, **more)
    return someone.polis.as_(replace(who, key=made.access_token))


def legacy(agent: Agent, arguments: Json = PACK, revision: str = NEWEST_LEGACY) -> Json:
    """What polis_topup says in the handshake era: a result held to its promises, or an error."""
    params = {"name": "polis_topup", "arguments": arguments}
    answer = agent.ask("tools/call", params, revision=revision)
    assert answer.status_code == 200
    return _kept(answer.json)


def modern(agent: Agent, arguments: Json = PACK, capabilities: Json = URL, **more: Any) -> Json:
    """The same in the stateless era; `more` is what came back from the client's person."""
    params = {"name": "polis_topup", "arguments": arguments, **more}
    answer = agent.ask_modern("tools/call", params, capabilities)
    assert answer.status_code == 200
    return _kept(answer.json)


def told(answer: Json) -> Json:
    """The tool's own answer."""
    assert answer["result"]["isError"] is False, answer
    return answer["result"]["structuredContent"]


def asked(answer: Json) -> tuple[str, str]:
    """The page an answer of the stateless era asks its person on, and the state to come back with."""
    result = answer["result"]
    assert result["resultType"] == "input_required", answer
    return result["inputRequests"]["pay"]["params"]["url"], result["requestState"]


def elicited(answer: Json) -> Json:
    """The one elicitation of an error of the handshake era."""
    assert answer["error"]["code"] == -32042, answer
    (only,) = answer["error"]["data"]["elicitations"]
    return only


def agrees(visitor: Visitor, url: str) -> str:
    """Somebody opens the page they were asked on, and presses its button; gives where it leads."""
    path = urlsplit(url).path
    assert visitor.open(path).status_code == 200
    answer = visitor.send(path)
    assert answer.status_code == 303, answer.text
    return answer.location


def pays(visitor: Visitor, url: str) -> None:
    """They agree and pay, and the provider's notice is applied."""
    pay_at(visitor.polis, agrees(visitor, url))


def pay_at(polis: Installation, checkout: str) -> None:
    """Whoever it is pays at the provider's page."""
    biller = polis.services.biller()
    assert biller.pay(checkout.rpartition("/")[2], clock.now()).checkout.paid
    polis.work_off()


def purchases(polis: Installation, agent: Agent) -> list[Purchase]:
    """Everything that was offered to an agent's organization, in order."""
    with polis.services.database.reading() as session:
        mine = select(Purchase).where(Purchase.organization_id == agent.who.organization_id)
        return list(session.scalars(mine.order_by(Purchase.id)))


def _kept(answer: Json) -> Json:
    if "structuredContent" in answer.get("result", {}):
        promised("polis_topup", answer["result"])
    return answer
