"""What is counted of our promises: each figure with its row, what was promised, how parts add up."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

Value = int | float | str


def same(values: Iterable[Value]) -> Value:
    """What every part found, or all of it where they differ."""
    found = sorted(set(values), key=str)
    return found[0] if len(found) == 1 else ", ".join(map(str, found))


class Figure(NamedTuple):
    """One thing a test counts: a test records it by `measured(row, what, value)`."""

    row: str
    what: str
    promised: str
    joined: Callable[[Iterable], Value] = sum  # of several tests, or one test's several cases


FIGURES = (
    # Money
    Figure("R1", "steps of random acts after which the books agreed", "5,000"),
    Figure("R2", "kill -9 of processes", "100"),
    Figure("R2", "charges that are double or lost", "0"),
    Figure("R3", "seconds from the last kill to the end of every run", "90 at most", max),
    Figure("R4", "repeats at the same instant", "50", max),
    Figure("R4", "runs of one idempotency key", "1", same),
    Figure("R5", "parallel starts at the cap", "64 in each round"),
    Figure("R5", "tokens over the cap", "0"),
    Figure("R6", "notices twice, shuffled, lost or forged", "1,000"),
    Figure("R6", "worlds that ended otherwise than in order", "0"),
    # Tokens and sign-in
    Figure("S1", "mutations of a redirect address", "40", same),
    Figure("S1", "mutations that pass", "0"),
    Figure("S3", "rounds of 16 parallel redemptions", "100"),
    Figure("S3", "redemptions answered in a round", "1", same),
    Figure("S5", "rounds of 16 parallel uses of a rotated token", "100"),
    Figure("S6", "seconds a chain of refreshes lived", "15,551,999, or 180 days", same),
    Figure("S11", "registrations let through of 200 at once", "20", same),
    Figure("S12", "hostile client documents", "11"),
    Figure("S12", "clients they made", "0"),
    Figure("S15", "payloads of next=", "30", same),
    Figure("S20", "rounds of a disconnection seen by four processes", "50"),
    Figure("S20", "requests let through afterwards", "0"),
    Figure("S25", "forms without the token of their own browser", "every route's", same),
    Figure("S25", "of those, forms that counted", "0"),
    Figure("S30", "requests while every secret is replaced", "2,100 at least", min),
    Figure("S30", "of those, requests that failed", "0"),
    Figure("S23", "guesses let through by four processes", "10", same),
    # Data
    Figure("S18", "secrets of a whole run", "every kind", same),
    Figure("S18", "secrets found in database, files and what is kept of them", "0"),
    Figure("S19", "secrets found in logs and error pages", "0"),
    Figure("S21", "addresses that name an object of another organization", "every one", same),
    Figure("S21", "answers other than 404", "0"),
    Figure("S35", "places that still name a deleted person", "0"),
    Figure("queues", "planted messages that ran", "0"),
    # Addresses
    Figure("hosts", "hostile names of ourselves", "20", same),
    Figure("hosts", "mails, pages and documents that repeat one", "0"),
    # Limits
    Figure("limits", "requests let through over a limit by eight processes", "0"),
    # Outbound
    Figure("S27", "hostile addresses", "40", same),
    Figure("S27", "connections to a canary", "0"),
    # Input
    Figure("S28", "hostile texts", "60", same),
    Figure("S28", "scripts that ran", "0"),
    Figure("S32", "cases of arguments to each tool", "2,000", min),
    Figure("S32", "calls that were a fault of ours", "0"),
    Figure("S33", "generated requests", "5,000"),
    Figure("S33", "answers of 5xx", "0"),
    # SQLite
    Figure("R8", "writes of eight processes", "1,600", same),
    Figure("R8", "s the longest of them waited", "2 at most", max),
    Figure("R8", "writes lost or told the database is locked", "0"),
    Figure("short", "writing transactions that were watched", "every route's"),
    Figure("short", "slow calls in one", "0"),
    # Life
    Figure("R7", "requests answered before a stop at 50 a second", "500 at least", min),
    Figure("R7", "requests failed and runs lost", "0"),
    Figure("R11", "requests after which files and threads were as many", "2,400", min),
    Figure("R12", "copies under write load, restored with every balance its sum", "20", same),
    Figure("R14", "troubles that ended without a restart or a wrong charge", "8 each, and 1 gone"),
    Figure("R14", "seconds PostgreSQL was gone at 20 requests a second", "10", same),
    Figure("R16", "jumps of a running machine's clock by an hour", "4 each"),
    Figure("R15", "broken parts told within 5 seconds", "3 each, and 1 gone"),
    Figure("R10", "statements a page takes", "12 at most", max),
    Figure("R13", "rows of a former release lost or altered", "0"),
    # Headers
    Figure("S34", "answers with a header missing, unsafe or telling", "0"),
    Figure("S34", "addresses asked with every method", "every one", same),
    # Browser
    Figure("R18", "pages looked at", "every one", max),
    Figure("R18", "violations", "0"),
    Figure("R19", "links that lead nowhere", "0"),
)
OF = {(each.row, each.what): each for each in FIGURES}
