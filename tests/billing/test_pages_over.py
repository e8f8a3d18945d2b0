"""Pages that are over and of which nothing was heard: each is looked at, and none again and again."""

from datetime import timedelta

from sqlalchemy import func, select

from app.domain.billing import notices
from app.models.billing import Purchase
from app.models.work import Work
from app.worker import accounting

HOUR = 1 / 24
LOOKED = f"{notices.KIND}:over"


def looked(world) -> int:
    """How often a worker was asked to look at a page that is over."""
    asked = select(func.count()).where(Work.kind == notices.KIND, Work.key.startswith(LOOKED))
    with world.services.database.reading() as session:
        return session.scalar(asked)


def account(world) -> None:
    """What is done by the hour."""
    with world.in_time():
        accounting.all_of_it(world.services)


def abandoned(world, count: int) -> None:
    """Pages of the same hour that somebody opened and nobody paid at."""
    with world.in_time(), world.services.transaction() as session:
        now = world.now
        for number in range(count):
            facts = {"item": "pack:small", "tokens": 1_000, "usd_micros": 5_000_000}
            session.add(Purchase(
                id=f"pur_{number:026d}", organization_id=world.who.organization_id,
                mode=world.wallet.mode, checkout_id=f"cs_test_left{number}", created_at=now,
                expires_at=now + timedelta(hours=1), **facts,
            ))  # fmt: skip


def test_a_paid_page_nobody_told_of_is_found_however_many_others_were_left(world):
    abandoned(world, 101)
    world.control.advance(seconds=120)
    world.buy("pack:small")
    world.pass_days(26 * HOUR)
    for _ in range(2):
        account(world)
        world.work()
    assert world.standing().packs == 1_000


def test_a_page_that_was_left_is_looked_at_once_and_once_more_before_it_is_forgotten(world):
    world.open("pack:small")
    seen = []
    for days in (1.2, 1, 3, 2, 1, 1):
        world.pass_days(days)
        account(world)
        world.work()
        seen.append(looked(world))
    assert seen == [1, 1, 1, 2, 2, 2]


def test_what_a_bank_pays_days_later_is_found_though_nobody_told_of_it(world):
    page = world.open("pack:small")
    world.press(page, "later")
    world.pass_days(1.2)
    account(world)
    world.work()
    world.pass_days(3)
    world.control.settle(session=page)
    world.pass_days(2.9)
    account(world)
    world.work()
    assert world.standing().packs == 1_000
