"""What is asked of a page before anything is held: its address, its name, how many were fetched.

Names are looked up here, so it is asked outside any transaction; what it finds is raised inside,
where a repeated call gets its first answer whatever has become of the page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from app.domain import throttles
from app.domain.callers import Caller
from app.domain.fetching import Fetcher, NotFetched
from app.domain.limits import Limit
from app.domain.pages import addresses
from app.domain.pages.page import Sight
from app.domain.pages.refusals import (
    COPY,
    SEND,
    PageRefused,
    UrlBlocked,
    UrlUnreachable,
    VisualUnavailable,
)
from app.domain.rates import Rates
from app.domain.runs.order import Order
from app.errors import PolisError

_AWAY = {"unreachable", "timeout"}


class Door:
    """The checks of one installation."""

    def __init__(
        self, fetcher: Fetcher, sight: Sight, rates: Rates, limits: Mapping[str, Limit] | None
    ) -> None:
        self._fetcher = fetcher
        self._sight = sight
        self._rates = rates
        self._limits = limits  # None: not counted

    def refusal(
        self, orders: Sequence[Order], caller: Caller, now: datetime, starts: Callable[[], bool]
    ) -> PolisError | None:
        """Why the pages of some orders cannot be tested, as far as that is known already.

        What starts nothing fetches nothing, so it takes nobody's fetches either: a host's are
        everybody's. Who is paid in between fetches uncounted, which costs the price of a test.
        """
        urls = {number: each.url for number, each in enumerate(orders) if each.url is not None}
        try:
            for number, url in urls.items():
                with _told_of(number, orders):
                    addresses.check(url)
            if any(order.url_mode == "visual" for order in orders):
                self._check_sight(caller)
            if not urls or not starts():
                return None
            self._count(list(urls.values()), caller, now)
            for number, url in _one_a_host(urls):
                with _told_of(number, orders):
                    self._look_up(url)
        except PolisError as refusal:
            return refusal
        return None

    def _check_sight(self, caller: Caller) -> None:
        test = "The test book has no visual mode." if caller.book == "test" else ""
        why = test or self._sight.refusal()
        if why:
            raise VisualUnavailable(why, hint=COPY)

    def _count(self, urls: Sequence[str], caller: Caller, now: datetime) -> None:
        if self._limits is None:
            return
        self._rates.take(self._limits["fetch"], caller.organization_id, now, cost=len(urls))
        for url in urls:
            host = throttles.digest_of(addresses.host_of(url))
            self._rates.take(self._limits["fetch_host"], host, now)

    def _look_up(self, url: str) -> None:
        try:
            self._fetcher.check(url, there=True)
        except NotFetched as error:
            if error.because in _AWAY:
                raise UrlUnreachable(
                    error.sentence,
                    hint=f"Check the address. {SEND}",
                    reason=error.because,
                ) from None
            raise UrlBlocked(error.sentence, hint=SEND) from None


@contextmanager
def _told_of(number: int, orders: Sequence[Order]) -> Iterator[None]:
    """Whoever sent several learns which of them is refused."""
    try:
        yield
    except PageRefused as refusal:
        if len(orders) > 1:
            refusal.details["variant"] = number
        raise


def _one_a_host(urls: Mapping[int, str]) -> Iterable[tuple[int, str]]:
    """The first of each."""
    first: dict[str, tuple[int, str]] = {}
    for number, url in urls.items():
        first.setdefault(addresses.host_of(url), (number, url))
    return first.values()
