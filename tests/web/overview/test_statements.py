"""A page takes twelve statements at most, and as many with sixty rows as with ten."""

import pytest

from app.kit import clock
from tests.filling import Owner, fill
from tests.web.overview.conftest import host_of
from tests.web.queries import counted

PAGES = (
    "/app/", "/app/runs", "/app/runs?q=season", "/app/runs?state=complete&when=month", "/app/usage",
    "/app/runs.csv", "/app/usage.csv",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_as_many_statements_with_many_rows_as_with_few(polis, email, path):
    taken = {}
    for rows in (10, 60):
        host = host_of(polis, f"{rows}{email}")
        owner = Owner(
            host.who.organization_id, host.who.user_id, (f"key:{host.who.key_id}",),
            polis.services.settings.payment_mode,
        )  # fmt: skip
        fill(polis.services.database, owner, rows, rows * 10, clock.now())
        host.open(path)
        with counted(polis.services.database) as seen:
            host.open(path)
        taken[rows] = len(seen)
    assert taken[10] == taken[60] <= 12
