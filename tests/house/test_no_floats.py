"""Money is integers: no float gets near it, not even on the way to a whole number."""

import ast

import pytest

from tests.house.source import APP

PLACES = (
    "adapters/stripe", "domain/billing", "domain/plans.py", "domain/ledger.py", "domain/entries.py",
    "domain/wallets.py", "domain/refunds.py", "domain/unpaid.py", "domain/runs/order.py", "domain/runs/outcome.py", "domain/runs/ask.py", "domain/tariff", "domain/spend_limits.py", "domain/daily_usage.py", "domain/periods.py", "domain/reversals.py", "web/billing",
    "web/checkout.py", "web/pages/pay.py", "tools/account.py", "tools/estimate.py", "tools/numbers.py", "tools/offers.py", "tools/topup.py", "tools/usage.py",
)  # fmt: skip
FILES = sorted(
    file
    for place in PLACES
    for file in ((APP / place).rglob("*.py") if (APP / place).is_dir() else [APP / place])
)
GIVES_JSON = APP / "tools/numbers.py"  # the one place that ends in a float: JSON knows nothing else
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


MONEY = [file for file in FILES if file != GIVES_JSON]


@pytest.mark.parametrize("file", MONEY, ids=lambda file: file.relative_to(APP).as_posix())
def test_no_float_touches_money(file):
    assert floats(file.read_text(encoding="utf-8")) == []


def test_what_json_gets_is_made_a_float_in_one_place_and_at_its_very_end():
    assert floats(GIVES_JSON.read_text(encoding="utf-8")) == ["5: float", "17: float"]


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
        "domain/refunds.py",
        "domain/reversals.py",
        "domain/runs/outcome.py",
        "tools/numbers.py",
        "tools/usage.py",
        "web/checkout.py",
        "web/billing/invoices.py",
        "web/pages/pay.py",
    } <= read
