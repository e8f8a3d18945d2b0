"""Money is integers: no float gets near it, not even on the way to a whole number."""

import ast

import pytest

from tests.house.source import APP

PLACES = (
    "adapters/stripe", "domain/billing", "domain/plans.py", "domain/ledger.py", "domain/entries.py",
    "domain/wallets.py", "domain/tariff", "domain/spend_limits.py", "domain/daily_usage.py", "domain/periods.py", "domain/reversals.py", "web/billing",
    "web/pages/pay.py", "tools/account.py", "tools/estimate.py", "tools/offers.py", "tools/topup.py", "tools/usage.py",
)  # fmt: skip
FILES = sorted(
    file
    for place in PLACES
    for file in ((APP / place).rglob("*.py") if (APP / place).is_dir() else [APP / place])
)
GIVE_FLOATS = {"timestamp", "total_seconds", "fsum", "time"}


def floats(source: str) -> list[str]:
    """Where a float is written, made, or comes of a division."""
    found = []
    for node in ast.walk(ast.parse(source)):
        divided = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        written = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        named = isinstance(node, ast.Name) and node.id == "float"
        given = isinstance(node, ast.Attribute) and node.attr in GIVE_FLOATS
        if divided or written or named or given:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(APP).as_posix())
def test_no_float_touches_money(file):
    assert floats(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source", ["x = 0.5", "x = float(y)", "x = y / 2", "x /= 2", "y.timestamp()", "x: float"]
)
def test_a_float_is_noticed(source):
    assert floats(source)


def test_the_places_are_where_money_is():
    read = {file.relative_to(APP).as_posix() for file in FILES}
    assert {
        "adapters/stripe/reading.py",
        "domain/billing/records.py",
        "domain/plans.py",
        "domain/reversals.py",
        "tools/usage.py",
        "web/billing/invoices.py",
        "web/pages/pay.py",
    } <= read
