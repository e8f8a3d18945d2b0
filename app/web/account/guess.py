"""One guess at a second factor: counted first, then checked, then whoever made it is let in."""

from collections.abc import Callable

from flask import request
from sqlalchemy.orm import Session

from app.domain import networks, throttles
from app.domain.factors import having, passkeys, recovery, steps, totp
from app.domain.factors.steps import Step
from app.kit import clock
from app.web import ceremony, network
from app.web.account import entry, pending
from app.web.account.entry import Entered
from app.web.services import services


def tried(step: Step, how: str) -> Entered | None:
    """One guess: its place is taken before anything is compared, and given back where it is right.

    A passkey is checked outside any transaction; the others are a comparison.
    """
    its, where = services(), networks.of(network.address())
    with its.transaction() as session:
        made = throttles.second(session, its.limits, step.user_id, where, clock.now())
    check = _by_passkey(step) if how == "passkey" else _by_text(step, how)
    with its.transaction() as session:
        if check is None or not check(session):
            return None
        throttles.forgive(session, made)
        return entry.finish(session, steps.use(session, pending.secret(), clock.now()))


def _by_text(step: Step, how: str) -> Callable[[Session], bool]:
    typed = request.form.get(how, "")

    def check(session: Session) -> bool:
        if how == "code":
            return totp.check(session, step.user_id, typed, services().links.keys, clock.now())
        right = recovery.use(session, step.user_id, typed, clock.now())
        if right:
            having.settle(session, step.user_id, "recovery code used", clock.now())
        return right

    return check


def _by_passkey(step: Step) -> Callable[[Session], bool] | None:
    answer = ceremony.answered("second", step.user_id)
    if answer is None or answer.held.user_id != step.user_id:
        return None
    return lambda session: passkeys.used(session, answer.held, answer.counter, clock.now())
