"""The one client by which Polis fetches what others name: nothing of ours can be reached by it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from app.domain.fetching import JSON, Fetched, Fetcher, Posted
from app.settings import Settings


class LazyFetcher:
    """Builds the client with the first fetch: most processes never make one."""

    def __init__(self, build: Callable[[], Fetcher]) -> None:
        self._client = cache(build)

    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = JSON,
        most_bytes: int = 64 * 1024,
        seconds: float = 10.0,
        redirects: int = 0,
    ) -> Fetched:
        return self._client().get(
            url, accept=accept, most_bytes=most_bytes, seconds=seconds, redirects=redirects
        )

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        most_bytes: int = 1024,
        seconds: float = 15.0,
    ) -> Posted:
        return self._client().post(url, body, headers, most_bytes=most_bytes, seconds=seconds)

    def check(self, url: str, *, there: bool = False) -> None:
        self._client().check(url, there=there)


def fetcher(settings: Settings) -> Fetcher:
    """The guarded client of an installation."""

    def build() -> Fetcher:
        from app.adapters.fetch.client import Client  # noqa: PLC0415 # 100 ms most starts need not pay

        contact = f"+{settings.base_url}/docs; {settings.support_email}"
        return Client(user_agent=f"Polis/1 ({contact})", denied=settings.fetch_denied)

    return LazyFetcher(build)
