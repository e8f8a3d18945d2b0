"""Whoever proves their address on a day that was given away gets their trial with the next."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from app.domain import accounts, wallets
from app.domain.wallets import Wallet
from app.kit import clock
from tests.tools.installation import running
from tests.web.account.browser import Visitor


@pytest.fixture
def stingy(polis):
    """The same installation on a day that has nothing left to give."""
    settings = polis.services.settings.model_copy(update={"trial_tokens_per_day": 0})
    with running(replace(polis.services, settings=settings)) as installation:
        yield installation


def trial_of(polis, email):
    with polis.services.database.reading() as session:
        organization_id = accounts.find(session, email).organization_id
        wallet = Wallet(organization_id, "live", polis.services.settings.payment_mode)
        return wallets.standing(session, wallet, clock.now()).trial


def test_a_trial_that_cannot_be_given_today_comes_tomorrow_and_once(polis, stingy, email):
    someone = Visitor(stingy)
    someone.sign_up(email)
    someone.press(someone.link(email))
    assert someone.is_signed_in()
    assert trial_of(polis, email) == 0
    with time_machine.travel(clock.now() + timedelta(days=1)):
        stingy.work_off()  # that day, too, has nothing left
        assert trial_of(polis, email) == 0
    for days in (2, 3):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            polis.work_off()
            assert trial_of(polis, email) == 300
