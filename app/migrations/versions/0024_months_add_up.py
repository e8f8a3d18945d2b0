"""What each month's entries did to a prepaid balance is kept by the database with every entry.

By the database, because processes of the release before this one write entries too: while a
deployment rolls, and after going back by one.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_WALLET = "organization_id, book, mode"
_MONTH = {
    "sqlite": "CAST(strftime('%s', {at} / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000",
    "postgresql": (
        "CAST(extract(epoch FROM date_trunc('month', to_timestamp({at} / 1000), 'UTC')) AS BIGINT)"
        " * 1000"
    ),
}
_ADDED = "ON CONFLICT ({wallet}, month) DO UPDATE SET tokens = {table}tokens + excluded.tokens"


def upgrade() -> None:
    """The trigger that adds what will be entered, and what was so far."""
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute(_ROW_BY_ROW)
    else:
        op.execute(_ALL_AT_ONCE)
        op.execute(
            "CREATE TRIGGER ledger_entries_by_month AFTER INSERT ON ledger_entries "
            "REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION sum_by_month()"
        )
    # Last: the trigger's lock lets nobody enter anything until this is committed.
    op.execute(_sums(dialect, "ledger_entries"))


def downgrade() -> None:
    """Nothing is added any more, and what was is not kept: it would be wrong from now on."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER ledger_entries_by_month")
    else:
        op.execute("DROP TRIGGER ledger_entries_by_month ON ledger_entries")
        op.execute("DROP FUNCTION sum_by_month()")
    op.execute("DELETE FROM monthly_movements")


def _sums(dialect: str, table: str) -> str:
    """Entries by wallet and month, in an order of their own: two statements never wait crosswise."""
    return (
        f"INSERT INTO monthly_movements ({_WALLET}, month, tokens) "
        f"SELECT {_WALLET}, {_MONTH[dialect].format(at='created_at')}, sum(tokens) "
        f"FROM {table} WHERE bucket <> 'overage' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    )


# SQLite tells a trigger of one row at a time.
_ROW_BY_ROW = (
    "CREATE TRIGGER ledger_entries_by_month AFTER INSERT ON ledger_entries "
    "WHEN NEW.bucket <> 'overage' BEGIN "
    f"INSERT INTO monthly_movements ({_WALLET}, month, tokens) "
    "VALUES (NEW.organization_id, NEW.book, NEW.mode, "
    f"{_MONTH['sqlite'].format(at='NEW.created_at')}, NEW.tokens) "
    f"{_ADDED.format(wallet=_WALLET, table='')}; END"
)
_ALL_AT_ONCE = (
    "CREATE FUNCTION sum_by_month() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"{_sums('postgresql', 'added')} "
    f"{_ADDED.format(wallet=_WALLET, table='monthly_movements.')}; "
    "RETURN NULL; END $$"
)
