"""An organization with an owner, on a plan whose period begins now."""

from app.bootstrap import Services
from app.domain.wallets import Wallet
from app.kit import clock
from tests.factories import Member
from tests.plan_begun import begin_plan


def on_plan(services: Services, who: Member, plan: str = "starter") -> Wallet:
    now = clock.now()
    wallet = Wallet(who.organization_id, "live", services.settings.payment_mode)
    facts = {"cause": f"plan:{who.organization_id}:{now}", "now": now}
    with services.transaction() as session:
        begin_plan(session, wallet, plan, start=now, end=clock.month_after(now), **facts)
    return wallet
