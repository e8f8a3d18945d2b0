"""S30: secrets and signing keys are replaced under use, and nothing of anybody's breaks."""

import re
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import KeySet

from app.docs.published import published
from app.domain.factors import totp
from app.kit import clock, ids
from app.web import create_app
from app.worker.pulse import Pulse
from tests import oauth
from tests.domain.webhooks import hooks
from tests.factories import member
from tests.rounds import rounds
from tests.together import together
from tests.tools.installation import polis, running, standing
from tests.web.account.browser import PASSWORD
from tests.web.account.browser import Visitor as Signing
from tests.web.account.second_factors import code_of, with_app
from tests.web.account.somebody import somebody
from tests.web.oauth.gadget import answered, gadget
from tests.web.oauth.journey import statuses
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import Visitor, told, visitor

__all__ = ["polis", "standing"]

OLD, NEW = "the secret of yesterday, long enough", "the secret of tomorrow, long enough"
STAGES = ((OLD,), (OLD, NEW), (NEW, OLD))  # one after the other, two of them side by side


def processes(stack, polis, *stages):
    """The same installation once for each list of secrets, as processes of a rollout."""
    links = type(polis.services.links)
    made = (replace(polis.services, links=links("http://127.0.0.1:8000", keys)) for keys in stages)
    return [stack.enter_context(running(services)) for services in made]


@pytest.fixture(params=[STAGES[:2], STAGES[1:]], ids=["the new one is known", "the new one signs"])
def rollout(request, polis):
    with ExitStack() as stack:
        yield processes(stack, polis, *request.param)


def in_turn(rollout):
    """Begun at one and ended at the other, both ways."""
    return [rollout, rollout[::-1]]


def test_s30_a_form_of_one_process_counts_at_the_other(rollout):
    for one, other in in_turn(rollout):
        email = somebody(one, f"{ids.new('p')}@example.com")
        someone = Signing(one)
        someone.open("/login")
        someone.http.application = other.app
        assert someone.send("/login", email=email, password=PASSWORD).status_code == 303
        someone.http.application = one.app
        assert someone.is_signed_in()


def test_s30_a_consent_page_of_one_process_is_answered_at_the_other(rollout):
    for one, other in in_turn(rollout):
        client, kim = oauth.client(one.services), visitor(one)
        page = kim.ask(client)
        kim._kept.application = other.app
        given = oauth.Approved(client, told(kim.answer(page, "approve"))["code"])
        assert Program(one.app, client).exchange(given).status_code == 200


def test_s30_refreshes_at_both_at_once_are_one_rotation(rollout):
    one = rollout[0]
    client, who = oauth.client(one.services), member(one.services, verified=True)
    for _ in range(rounds(50)):
        token = oauth.tokens(one.services, who, client, scopes=("mcp",)).refresh_token
        answers = together(8, lambda n, t=token: refreshed(rollout[n % 2], client, t))
        assert Counter(status for status, _ in answers) == {200: 8}
        first = answers[0][1]
        assert statuses(one, who, first["access_token"]) == [200, 200]
        assert refreshed(rollout[1], client, first["refresh_token"])[0] == 200


def refreshed(process, client, token):
    answer = Program(process.app, client).refresh(token)
    return answer.status_code, answer.json


def test_s30_a_device_asked_at_one_is_approved_at_the_other(rollout):
    for one, other in in_turn(rollout):
        device = gadget(one)
        device.ask()
        kim = visitor(other)
        answered(kim, device)
        device.polis = other
        assert device.poll().status_code == 200


def test_s30_a_pay_link_and_a_letter_of_one_process_are_read_at_the_other(rollout):
    for one, other in in_turn(rollout):
        who = member(one.services)
        link = one.services.links.pay(who.organization_id, "pack:small", clock.now())
        path = link.removeprefix("http://127.0.0.1:8000")
        assert Visitor(other, None).get(path).status_code == 200
        email = somebody(one, f"{ids.new('q')}@example.com")
        someone = Signing(one)
        someone.ask_link(email)
        one.work_off()
        someone.polis = other
        found = re.search(r"/link/\S+", someone.letter(email).body)[0]
        someone.http.application = other.app
        assert someone.press(found).status_code == 303


def test_s30_flows_of_everybody_go_on_while_the_processes_are_replaced(polis):
    """Eight people exchange and refresh without a pause; at each stage one process is replaced."""
    who, client = member(polis.services, verified=True), oauth.client(polis.services)
    held = [
        oauth.tokens(polis.services, who, client, scopes=("mcp",)).refresh_token for _ in range(8)
    ]
    with ExitStack() as stack:
        old, both, new = processes(stack, polis, *STAGES)
        for pair in ((old, old), (old, both), (both, both), (both, new), (new, new)):
            for turn in range(rounds(10)):
                turns = [(pair[(number + turn) % 2], held[number]) for number in range(8)]
                answers = together(8, lambda n, t=turns: whole(*t[n], who, client))
                assert Counter(status for status, _ in answers) == {(200, 200, 200): 8}
                held = [token for _, token in answers]


def whole(process, token, who, client):
    """Refresh, exchange a code with an id_token, and be told who that was."""
    program = Program(process.app, client)
    again = program.refresh(token)
    given = oauth.approved(process.services, who, client, scopes=("openid", "mcp"))
    made = program.exchange(given)
    seen = program.userinfo(made.json["access_token"])
    found = (again.status_code, made.status_code, seen.status_code)
    return found, again.json["refresh_token"]


def test_s30_after_the_days_the_documentation_says_the_former_secret_may_go(services):
    """Keys that sign id_tokens end by then; seeds and webhooks' secrets were sealed anew."""
    pages = published(services.settings)
    text = pages.text(pages.page("self-hosting"))
    days = int(re.search(r"After (\d+) days nothing is sealed under the old one", text)[1])
    now, who, client = clock.now(), member(services, verified=True), oauth.client(services)
    links, kept = type(services.links), None
    for after, keys in (
        (0, (OLD,)),
        (0, (OLD, NEW)),
        *((day, (NEW, OLD)) for day in range(0, days, 30)),
        (days, (NEW,)),
    ):
        rolled = replace(services, links=links("http://127.0.0.1:8000", keys))
        with (
            time_machine.travel(now + timedelta(days=after), tick=False),
            running(rolled) as polis_,
        ):
            key_set(polis_.app, client)
            given = oauth.approved(services, who, client, scopes=("openid",))
            assert Program(polis_.app, client).exchange(given).status_code == 200, (after, keys)
            kept = kept or KeptForGood(polis_, who)
            Pulse(rolled, "me")._tidy()
    kept.still_opens(rolled)


class KeptForGood:
    """What is sealed for as long as its people want it: an app's seed, a webhook's secrets."""

    def __init__(self, polis, who) -> None:
        self.who = who
        self.seed = with_app(polis, who.user_id)
        self.hook = hooks.kept(polis.services, who)

    def still_opens(self, services) -> None:
        code, keys = code_of(self.seed), services.links.keys
        with services.transaction() as session:
            assert totp.check(session, self.who.user_id, code, keys, clock.now())
        assert hooks.opened(services, self.hook.id) == self.hook.plain


def test_s30_a_key_set_kept_for_an_hour_vouches_for_every_id_token(services):
    """Two clients, one of each algorithm, over a year of rotations, with the set of an hour ago."""
    wsgi, now = create_app(services), clock.now()
    who = member(services, verified=True)
    clients = [
        oauth.client(services, told={"id_token_signed_response_alg": each})
        for each in ("RS256", "ES256")
    ]
    kids = set()
    for day in range(0, 365, 365 // rounds(140)):
        then = now + timedelta(days=day)
        with time_machine.travel(then, tick=False):
            keys = KeySet.import_key_set(key_set(wsgi, clients[0]))
        with time_machine.travel(then + timedelta(minutes=59), tick=False):
            for client in clients:
                given = oauth.approved(services, who, client, scopes=("openid",))
                made = Program(wsgi, client).exchange(given).json["id_token"]
                token = jwt.decode(made, keys, algorithms=["RS256", "ES256"])
                kids.add(token.header["kid"])
    assert len(kids) >= 8  # four of each in a year
    wsgi.extensions["polis_last_use"].stop()


def key_set(wsgi, client):
    return Program(wsgi, client).send("/.well-known/jwks.json", None, "GET").json
