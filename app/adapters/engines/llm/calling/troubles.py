"""An SDK's errors in our words; theirs are dropped with all they hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from app.adapters.engines.llm.calling import transport
from app.adapters.engines.llm.calling.call import Unreachable, failure


@contextmanager
def in_our_words(sdk: ModuleType, base: type[Exception]) -> Iterator[None]:
    """Both SDKs are made by one generator and name their errors alike, but for the base of all."""
    try:
        yield
    except sdk.APITimeoutError as error:
        raise Unreachable("timeout", billed=transport.sent(error)) from None
    except sdk.APIStatusError as error:
        after = transport.retry_after(error.response.headers)
        raise failure(error.status_code, after) from None
    except sdk.APIConnectionError as error:
        raise Unreachable("connection", billed=transport.sent(error)) from None
    except (base, ValueError) as error:
        raise Unreachable(type(error).__name__, billed=True) from None
