"""Keys by who made them and by what they were rolled from: pages read every key there was."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Indexes alone."""
    op.create_index("ix_api_keys_user", "api_keys", ["user_id", "id"])
    op.create_index("ix_api_keys_rolled_from", "api_keys", ["rolled_from_id"])


def downgrade() -> None:
    """Without them."""
    op.drop_index("ix_api_keys_rolled_from", table_name="api_keys")
    op.drop_index("ix_api_keys_user", table_name="api_keys")
