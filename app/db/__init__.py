"""The database: tables' common base, transactions, and statements compiled once."""

from app.db.after_commit import afterwards
from app.db.away import DatabaseAway
from app.db.base import Base, Instant, JsonText
from app.db.brief import Brief, SessionNeeded, Transaction, session_of
from app.db.database import Database
from app.db.lane import Row
from app.db.partial import Partial
from app.db.prepared import Prepared
from app.db.statements import Change, Query
from app.db.upsert import changed, insert, insert_for, insert_of

__all__ = [
    "Base",
    "Brief",
    "Change",
    "Database",
    "DatabaseAway",
    "Instant",
    "JsonText",
    "Partial",
    "Prepared",
    "Query",
    "Row",
    "SessionNeeded",
    "Transaction",
    "afterwards",
    "changed",
    "insert",
    "insert_for",
    "insert_of",
    "session_of",
]
