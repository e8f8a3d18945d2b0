"""While a transaction writes, everybody else waits: nobody hashes, renders or asks the network in one.

Every route of the dashboard is opened and pressed, people come and go, and the workers do what there
is to do; what is called meanwhile is seen by the interpreter itself.
"""

import smtplib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import jinja2
import pytest
from sqlalchemy import event

from app.adapters.fetch import network
from app.db import Brief
from app.domain import passwords
from tests import oauth
from tests.databases import DATABASES
from tests.factories import Member
from tests.rounds import full
from tests.tools.installation import polis, standing
from tests.web.account.browser import PASSWORD, Visitor
from tests.web.fixtures import email
from tests.web.oauth.program import Program
from tests.web.organization.work import agent
from tests.web.team.people import Team
from tests.web.test_rights_of_routes import ask, routes, things

__all__ = ["email", "polis", "standing"]

SLOW = {
    each.__code__: each.__qualname__
    for each in (
        passwords.hash_password, passwords.matches, jinja2.Template.render, network.dial,
        network.resolve, socket.create_connection, socket.getaddrinfo, smtplib.SMTP.connect,
        subprocess.Popen.__init__,
    )
}  # fmt: skip
LAST = ("delete", "leave", "remove", "logout", "plan", "cancel")  # what ends what others need


class Watch:
    """What slow thing was called while this thread had a writing transaction open."""

    def __init__(self) -> None:
        self.open = 0
        self.seen: set[str] = set()
        self.begun = 0
        self.briefs = 0

    def begins(self, connection) -> None:
        if connection.get_execution_options().get("polis_writes"):
            self.enters()

    def ends(self, connection) -> None:
        if connection.get_execution_options().get("polis_writes"):
            self.leaves()

    def enters(self) -> None:
        self.open, self.begun = self.open + 1, self.begun + 1
        sys.setprofile(self.called)  # and only now: it makes every call slower

    def leaves(self) -> None:
        self.open -= 1
        sys.setprofile(None)

    def brief(self, begun: Callable) -> Callable:
        """The same of transactions on the driver itself, of which no event tells."""

        @contextmanager
        def told() -> Iterator[Brief]:
            with begun() as brief:
                self.enters()
                self.briefs += 1
                try:
                    yield brief
                finally:
                    self.leaves()

        return told

    def called(self, frame, what, _argument) -> None:
        if what == "call" and frame.f_code in SLOW:
            self.seen.add(f"{SLOW[frame.f_code]} from {_caller(frame)}")


@contextmanager
def watched(database) -> Iterator[Watch]:
    """This thread is watched until the block ends."""
    watch = Watch()
    begun = database.lane.brief
    database.lane.brief = watch.brief(begun)
    listening = (("begin", watch.begins), ("commit", watch.ends), ("rollback", watch.ends))
    for name, hear in listening:
        event.listen(database.engine, name, hear)
    try:
        yield watch
    finally:
        sys.setprofile(None)
        database.lane.brief = begun
        for name, hear in listening:
            event.remove(database.engine, name, hear)


def _caller(frame) -> str:
    """The nearest place of ours that led there."""
    step = frame.f_back
    while step is not None and "/app/" not in step.f_code.co_filename:
        step = step.f_back
    return f"{step.f_code.co_filename}:{step.f_lineno}" if step else "a test"


@pytest.mark.parametrize("standing", DATABASES if full() else DATABASES[:1], indirect=True)
def test_nothing_slow_is_done_in_a_writing_transaction(polis, email, measured):
    with watched(polis.services.database) as watch:
        _comes(polis, email)
        there = Team(polis)
        facts, program = things(there), agent(there)
        run_id = polis.complete_run(program)
        program.call("polis_ask", run_id=run_id, target="panel", question="Why?")
        program.call("polis_topup", pack="small")
        client = oauth.client(polis.services)
        connects(polis, client, Member(there.owner.who.user_id, there.id, "", ""))
        polis.work_off()
        there.owner.open("/app/keys")
        for route in sorted(routes(polis), key=lambda each: any(w in each.rule for w in LAST)):
            ask(there.owner, route, facts).close()
        polis.work_off()
    measured("short", "writing transactions that were watched", watch.begun)
    measured("short", "slow calls in one", len(watch.seen))
    assert watch.seen == set()
    assert watch.begun > 100
    assert watch.briefs >= 2, "a code and a refresh token were exchanged in none"
    assert watch.open == 0


@pytest.mark.parametrize("standing", DATABASES[:1], indirect=True)
def test_whoever_did_would_be_seen(polis):
    with watched(polis.services.database) as watch, polis.services.transaction() as session:
        session.connection()
        passwords.hash_password(PASSWORD)
    assert {each.partition(" ")[0] for each in watch.seen} == {"hash_password"}


@pytest.mark.parametrize("standing", DATABASES[:1], indirect=True)
def test_whoever_did_in_a_brief_one_would_be_seen(polis):
    with watched(polis.services.database) as watch, polis.services.database.brief():
        passwords.hash_password(PASSWORD)
    assert {each.partition(" ")[0] for each in watch.seen} == {"hash_password"}
    assert (watch.begun, watch.open) == (1, 0)


def connects(polis, client, who: Member) -> None:
    """A program exchanges its code and refreshes, by the address others use."""
    program = Program(polis.app, client)
    made = program.exchange(oauth.approved(polis.services, who, client)).json
    assert program.refresh(made["refresh_token"]).status_code == 200


def _comes(polis, email) -> None:
    """Somebody signs up, in, and in anew after having forgotten."""
    visitor = Visitor(polis).sign_up(email)
    visitor.press(visitor.link(email))
    visitor.sign_in(email)
    visitor.open("/forgot")
    visitor.send("/forgot", email=email)
    visitor.press(visitor.link(email), password="eleven other boats in the harbour")
