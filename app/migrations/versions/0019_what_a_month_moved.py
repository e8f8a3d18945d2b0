"""What each month's entries did to a prepaid balance: the table of the sums, empty."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """By itself: whatever keeps the ledger waiting (`0024`) is to hold no other table."""
    op.create_table(
        "monthly_movements",
        sa.Column("organization_id", sa.String(length=40), nullable=False),
        sa.Column("book", sa.String(length=4), nullable=False),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name="fk_monthly_movements_organization_id_organizations",
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "book", "mode", "month", name="pk_monthly_movements"
        ),
    )


def downgrade() -> None:
    """Nothing is summed by month."""
    op.drop_table("monthly_movements")
