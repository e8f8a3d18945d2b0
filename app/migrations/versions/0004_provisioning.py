"""One unclaimed organization an address, and where a key was made from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = sa.text("claimed_at IS NULL AND deleted_at IS NULL")


def upgrade() -> None:
    """Let the database itself refuse a second one."""
    with op.batch_alter_table("api_keys") as table:
        table.add_column(sa.Column("created_from", sa.String(length=45), nullable=True))
    op.drop_index("ix_organizations_claim_email", table_name="organizations")
    op.create_index(
        "ix_organizations_claim_email",
        "organizations",
        ["claim_email"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_index("ix_organizations_claim_email", table_name="organizations")
    op.create_index("ix_organizations_claim_email", "organizations", ["claim_email"])
    with op.batch_alter_table("api_keys") as table:
        table.drop_column("created_from")
