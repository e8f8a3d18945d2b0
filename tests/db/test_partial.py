"""An index of some rows, as each database is told of it."""

import pytest
from sqlalchemy import Column, MetaData, String, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex

from app.db import Partial


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=lambda d: d.name)
def test_either_database_is_told_which_rows(dialect):
    index = Partial("ix_open", "email", only="closed_at IS NULL", unique=True)
    Table("claims", MetaData(), Column("email", String), index)
    told = str(CreateIndex(index).compile(dialect=dialect))
    assert told == "CREATE UNIQUE INDEX ix_open ON claims (email) WHERE closed_at IS NULL"
