"""What holds in every ledger at every commit, looked at as an operator's own commands look."""

from app.db import Database
from app.domain.soundness.books import broken

__all__ = ["broken", "check"]


def check(database: Database) -> None:
    """Fail with every figure that is not the sum of its entries.

    In one snapshot: a worker may commit between reading the entries and the balances.
    """
    with database.snapshot() as session:
        found = list(broken(session))
    assert found == [], found
