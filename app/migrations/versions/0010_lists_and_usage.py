"""Lists that are as quick with many rows as with few, and what was charged by day."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SINGLE = sa.text("comparison_id IS NULL")
_OPEN = sa.text("comparison_id IS NULL AND completed_at IS NULL")
_CHARGE = sa.text("kind = 'charge'")
_LISTS = {
    "status": ("status",),
    "subject": ("subject",),
    "subject_status": ("subject", "status"),
    "user": ("user_id",),
    "user_status": ("user_id", "status"),
}
_DAY_MS = 86_400_000


def upgrade() -> None:
    """Columns, what they hold of what is there, then their indexes."""
    op.add_column("runs", sa.Column("subject", sa.String(length=160), nullable=True))
    op.add_column("runs", sa.Column("room", sa.Text(), nullable=True))
    op.add_column("spend_parts", sa.Column("user_id", sa.String(length=40), nullable=True))
    with op.batch_alter_table("comparisons") as table:
        table.add_column(sa.Column("subject", sa.String(length=160), nullable=True))
        table.add_column(sa.Column("user_id", sa.String(length=40), nullable=True))
        table.create_foreign_key(
            "fk_comparisons_user_id_users", "users", ["user_id"], ["id"]
        )
    op.create_table(
        "daily_usage",
        sa.Column("organization_id", sa.String(length=40), nullable=False),
        sa.Column("book", sa.String(length=4), nullable=False),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("charges", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name="fk_daily_usage_organization_id_organizations",
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "book", "mode", "day", "subject", "user_id", name="pk_daily_usage"
        ),
    )
    _who_spent()
    _by_day()
    _rooms()
    _indexes()


def _who_spent() -> None:
    """From the counters; of a question asked earlier we know its key's person, else nobody."""
    for change in (
        "UPDATE spend_parts SET user_id = (SELECT runs.user_id FROM runs "
        "WHERE runs.id = substr(spend_parts.cause, 5)) WHERE cause LIKE 'run:%'",
        "UPDATE spend_parts SET user_id = (SELECT runs.user_id FROM runs "
        "WHERE runs.comparison_id = substr(spend_parts.cause, 9) AND runs.variant = 0) "
        "WHERE cause LIKE 'compare:%'",
        "UPDATE spend_parts SET user_id = (SELECT api_keys.user_id FROM api_keys "
        "WHERE api_keys.id = substr(spend_parts.subject, 5)) "
        "WHERE cause LIKE 'turn:%' AND subject LIKE 'key:%'",
        "UPDATE runs SET subject = (SELECT min(spend_parts.subject) FROM spend_parts "
        "WHERE spend_parts.cause = CASE WHEN runs.comparison_id IS NULL "
        "THEN 'run:' || runs.id ELSE 'compare:' || runs.comparison_id END)",
        "UPDATE comparisons SET subject = (SELECT runs.subject FROM runs "
        "WHERE runs.comparison_id = comparisons.id AND runs.variant = 0), "
        "user_id = (SELECT runs.user_id FROM runs "
        "WHERE runs.comparison_id = comparisons.id AND runs.variant = 0)",
    ):
        op.execute(change)


def _by_day() -> None:
    """The sums of what was charged so far."""
    op.execute(
        "INSERT INTO daily_usage "
        "(organization_id, book, mode, day, subject, user_id, tokens, charges) "
        f"SELECT e.organization_id, e.book, e.mode, e.created_at - e.created_at % {_DAY_MS}, "
        "coalesce(p.subject, ''), coalesce(p.user_id, ''), -sum(e.tokens), count(DISTINCT e.cause) "
        "FROM ledger_entries e LEFT JOIN spend_parts p ON p.cause = e.cause "
        "WHERE e.kind = 'charge' "
        f"GROUP BY e.organization_id, e.book, e.mode, e.created_at - e.created_at % {_DAY_MS}, "
        "coalesce(p.subject, ''), coalesce(p.user_id, '')"
    )


def _rooms() -> None:
    """People in each segment, from the reports there are; a hundred reports at a time."""
    runs = sa.table(
        "runs", sa.column("id"), sa.column("persona_count"), sa.column("synthesis"), sa.column("room")
    )
    bind, last = op.get_bind(), ""
    while True:
        rows = bind.execute(
            sa.select(runs.c.id, runs.c.persona_count, runs.c.synthesis)
            .where(runs.c.id > last, runs.c.synthesis.is_not(None))
            .order_by(runs.c.id)
            .limit(100)
        ).all()
        if not rows:
            return
        for id_, people, synthesis in rows:
            room = json.dumps(_room(json.loads(synthesis), people), separators=(",", ":"))
            bind.execute(sa.update(runs).where(runs.c.id == id_).values(room=room))
        last = rows[-1][0]


def _room(synthesis: dict, people: int) -> list[int]:
    first, second, _ = (round(each["share"] * people) for each in synthesis["report"]["segments"])
    return [first, second, people - first - second]


def _indexes() -> None:
    owner = ["organization_id", "book"]
    for name, columns in _LISTS.items():
        by = [*owner, *columns, "id"]
        op.create_index(f"ix_comparisons_{name}", "comparisons", by)
        op.create_index(f"ix_runs_{name}", "runs", by, **_only(_SINGLE))
    op.create_index("ix_runs_singles", "runs", [*owner, "id"], **_only(_SINGLE))
    op.create_index("ix_runs_open", "runs", [*owner, "id"], **_only(_OPEN))
    charged = [*owner, "mode", "created_at", "cause", "tokens"]
    op.create_index("ix_ledger_entries_charges", "ledger_entries", charged, **_only(_CHARGE))


def _only(where: sa.TextClause) -> dict:
    return {"sqlite_where": where, "postgresql_where": where}


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_ledger_entries_charges", table_name="ledger_entries")
    op.drop_index("ix_runs_open", table_name="runs")
    op.drop_index("ix_runs_singles", table_name="runs")
    for name in _LISTS:
        op.drop_index(f"ix_runs_{name}", table_name="runs")
        op.drop_index(f"ix_comparisons_{name}", table_name="comparisons")
    op.drop_table("daily_usage")
    with op.batch_alter_table("comparisons") as table:
        table.drop_constraint("fk_comparisons_user_id_users", type_="foreignkey")
        table.drop_column("user_id")
        table.drop_column("subject")
    op.drop_column("spend_parts", "user_id")
    op.drop_column("runs", "room")
    op.drop_column("runs", "subject")
