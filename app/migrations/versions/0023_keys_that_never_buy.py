"""A key may run tests without being offered to buy tokens, as an app may."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys that are there go on as they are."""
    op.add_column(
        "api_keys",
        sa.Column("never_sells", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Every key is offered to buy again."""
    op.drop_column("api_keys", "never_sells")
