"""Second factors, passkeys, accounts elsewhere, and what a person chose about their mails."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("password_set_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("product_mails_off_at", sa.BigInteger(), nullable=True))
    _of_a_person(
        "authenticators",
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_under", sa.String(length=16), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=False),
        key=("user_id",),
    )
    _of_a_person(
        "recovery_codes",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        key=("digest",),
    )
    _of_a_person(
        "passkeys",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("synced", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
        key=("id",),
    )
    _of_a_person(
        "passkey_challenges",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("browser", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('register', 'sign_in', 'second')",
            name=op.f("ck_passkey_challenges_purpose"),
        ),
        key=("digest",),
        anybody=True,
    )
    _of_a_person(
        "second_steps",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("new_password", sa.String(length=200), nullable=True),
        sa.Column("onward", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        key=("digest",),
    )
    _of_a_person(
        "identities",
        sa.Column("provider", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        key=("provider", "subject"),
    )
    op.create_index("ix_authenticators_sealed_under", "authenticators", ["sealed_under"])
    for name in ("passkey_challenges", "second_steps"):
        op.create_index(f"ix_{name}_expires_at", name, ["expires_at"])


def downgrade() -> None:
    """Forget them."""
    for name in (
        "identities",
        "second_steps",
        "passkey_challenges",
        "passkeys",
        "recovery_codes",
        "authenticators",
    ):
        op.drop_table(name)
    with op.batch_alter_table("users") as table:
        table.drop_column("product_mails_off_at")
        table.drop_column("password_set_at")


def _of_a_person(name: str, *rest: sa.schema.SchemaItem, key: tuple[str, ...], anybody: bool = False) -> None:
    op.create_table(
        name,
        sa.Column("user_id", sa.String(length=40), nullable=anybody),
        *rest,
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=f"fk_{name}_user_id_users"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
    )
    if key != ("user_id",):
        op.create_index(f"ix_{name}_user_id", name, ["user_id"])
