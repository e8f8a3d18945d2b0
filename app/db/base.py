"""What every table shares: constraint names, the time type, JSON as text."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from app.kit import clock


class Base(DeclarativeBase):
    """The declarative base; names of constraints are fixed so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, kept as integer milliseconds: the same on both databases, exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        return None if value is None else clock.milliseconds(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else clock.from_milliseconds(value)


class JsonText(TypeDecorator[Any]):
    """A JSON document kept as text, compact, so that reading it never depends on the database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str | None:
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        return None if value is None else json.loads(value)
