"""Payments: customers, what they paid, the provider's notices and price ids, and what is owed."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

FLAGS = (
    ("purchases", "untold"), ("api_keys", "elicits_url"), ("grants", "elicits_url"),
    ("grants", "never_sells"),
)  # fmt: skip


def upgrade() -> None:
    """Six tables; a balance knows its grace and its debt, a purchase its page and who asked."""
    op.create_table('catalog_entries',
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('provider_id', sa.String(length=80), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('usd_micros', sa.BigInteger(), nullable=False),
    sa.Column('tokens', sa.BigInteger(), nullable=False),
    sa.Column('sold', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('mode', 'provider_id', name=op.f('pk_catalog_entries'))
    )
    op.create_index('ix_catalog_entries_item', 'catalog_entries', ['mode', 'item'])

    op.create_table('payment_events',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=True),
    sa.Column('object_id', sa.String(length=80), nullable=True),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=True),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('received_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("state IN ('taken', 'applied', 'ignored', 'refused')", name=op.f('ck_payment_events_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_events'))
    )
    op.create_index('ix_payment_events_received_at', 'payment_events', ['received_at'])

    op.create_table('simulated_objects',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.String(length=80), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_simulated_objects'))
    )
    op.create_index('ix_simulated_objects_customer', 'simulated_objects', ['customer_id', 'kind'])
    op.create_index('ix_simulated_objects_due_at', 'simulated_objects', ['due_at'])

    op.create_table('billing_accounts',
    sa.Column('organization_id', sa.String(length=40), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('customer_id', sa.String(length=80), nullable=True),
    sa.Column('subscription_id', sa.String(length=80), nullable=True),
    sa.Column('plan', sa.String(length=10), nullable=True),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('next_plan', sa.String(length=10), nullable=True),
    sa.Column('renews_at', sa.BigInteger(), nullable=True),
    sa.Column('cancels_at', sa.BigInteger(), nullable=True),
    sa.Column('failing_since', sa.BigInteger(), nullable=True),
    sa.Column('open_invoice_id', sa.String(length=80), nullable=True),
    sa.Column('cap_chosen', sa.Boolean(), nullable=False),
    sa.Column('winding_down', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_billing_accounts_organization_id_organizations')),
    sa.PrimaryKeyConstraint('organization_id', 'mode', name=op.f('pk_billing_accounts'))
    )
    op.create_index('uq_billing_accounts_customer', 'billing_accounts', ['customer_id'], unique=True)
    op.create_index('uq_billing_accounts_subscription', 'billing_accounts', ['subscription_id'], unique=True)

    op.create_table('debts',
    sa.Column('cause', sa.String(length=120), nullable=False),
    sa.Column('organization_id', sa.String(length=40), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('tokens', sa.BigInteger(), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('paid >= 0 AND paid <= tokens', name=op.f('ck_debts_paid')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_debts_organization_id_organizations')),
    sa.PrimaryKeyConstraint('cause', name=op.f('pk_debts'))
    )
    op.create_index('ix_debts_organization', 'debts', ['organization_id', 'mode'])

    op.create_table('payments',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('organization_id', sa.String(length=40), nullable=False),
    sa.Column('mode', sa.String(length=12), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('cause', sa.String(length=120), nullable=False),
    sa.Column('invoice_id', sa.String(length=80), nullable=True),
    sa.Column('provider_payment_id', sa.String(length=80), nullable=True),
    sa.Column('bucket', sa.String(length=8), nullable=False),
    sa.Column('tokens', sa.BigInteger(), nullable=False),
    sa.Column('usd_micros', sa.BigInteger(), nullable=False),
    sa.Column('period_start', sa.BigInteger(), nullable=True),
    sa.Column('paid_at', sa.BigInteger(), nullable=False),
    sa.Column('refunded_micros', sa.BigInteger(), nullable=False),
    sa.Column('reversed_tokens', sa.BigInteger(), nullable=False),
    sa.Column('frozen_tokens', sa.BigInteger(), nullable=False),
    sa.Column('dispute', sa.String(length=10), nullable=True),
    sa.CheckConstraint('frozen_tokens >= 0', name=op.f('ck_payments_frozen_tokens')),
    sa.CheckConstraint('reversed_tokens >= 0', name=op.f('ck_payments_reversed_tokens')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_payments_organization_id_organizations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments')),
    sa.UniqueConstraint('cause', name=op.f('uq_payments_cause'))
    )
    op.create_index('ix_payments_organization', 'payments', ['organization_id', 'mode', 'id'])
    op.create_index('ix_payments_payment', 'payments', ['provider_payment_id'])

    op.drop_index("ix_ledger_entries_statement", "ledger_entries")
    op.create_index(
        "ix_ledger_entries_statement",
        "ledger_entries",
        ["organization_id", "book", "mode", "created_at"],
    )
    # Written out: SQLite takes a column with its check, and would have to copy the table otherwise.
    op.execute("ALTER TABLE balances ADD COLUMN usable_until BIGINT")
    op.execute(
        "ALTER TABLE balances ADD COLUMN debt BIGINT DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_balances_debt CHECK (debt >= 0)"
    )
    op.add_column("purchases", sa.Column("checkout_id", sa.String(length=80), nullable=True))
    op.add_column(
        "purchases", sa.Column("by_owner", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index("ix_purchases_expires_at", "purchases", ["expires_at"])
    op.create_index("ix_billing_accounts_renews_at", "billing_accounts", ["renews_at"])
    op.create_index("uq_purchases_checkout", "purchases", ["checkout_id"], unique=True)
    op.add_column("purchases", sa.Column("asked_by", sa.String(length=40), nullable=True))
    for table, column in FLAGS:
        op.add_column(
            table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Forget them; the ledger keeps every entry."""
    op.drop_index("ix_ledger_entries_statement", "ledger_entries")
    op.create_index(
        "ix_ledger_entries_statement", "ledger_entries", ["organization_id", "book", "mode", "id"]
    )
    for table, column in FLAGS:
        op.drop_column(table, column)
    op.drop_column("purchases", "asked_by")
    op.drop_index("uq_purchases_checkout", "purchases")
    op.drop_index("ix_purchases_expires_at", "purchases")
    op.drop_column("purchases", "by_owner")
    op.drop_column("purchases", "checkout_id")
    op.drop_column("balances", "debt")
    op.drop_column("balances", "usable_until")
    for table in (
        "payments", "debts", "billing_accounts", "simulated_objects", "payment_events",
        "catalog_entries",
    ):  # fmt: skip
        op.drop_table(table)
