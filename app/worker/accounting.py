"""What is due with money though nobody asks: renewals, periods whose grace is over."""

from app.bootstrap import Services
from app.domain.billing import overdue, standing
from app.domain.billing.simulated.biller import SimulatedBiller
from app.kit import clock


def all_of_it(services: Services) -> None:
    """Do what is due; doing it twice does no harm."""
    mode, biller, now = services.settings.payment_mode, services.biller(), clock.now()
    if isinstance(biller, SimulatedBiller):
        biller.renew_due(now)
    with services.transaction() as session:
        overdue.look(session, mode, now)
        overdue.pages(session, mode, now)
        standing.lapse(session, mode, now)
