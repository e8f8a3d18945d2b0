"""The simulated biller: it behaves as Stripe does for us, and no card and no money is in it.

`biller.py` answers the port; `selling.py`, `running.py` and `money.py` change what is kept,
`reckoning.py` says what it costs, `notices.py` tells of it: signed, as a provider would.
"""

from app.domain.billing.simulated.biller import SimulatedBiller

__all__ = ["SimulatedBiller"]
