"""The settings of the model that may play panels, checked together."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from app.settings.model import Settings


def rules(settings: Settings) -> list[tuple[bool, str]]:
    """What is wrong with them, and the sentence that says what to set."""
    wanted, own = settings.engine == "llm", own_server(settings.engine_base_url)
    unpriced = settings.engine_input_usd is None or settings.engine_output_usd is None
    return [
        (wanted and not settings.engine_model, "POLIS_ENGINE=llm needs POLIS_ENGINE_MODEL."),
        (
            wanted and not own and not settings.engine_api_key,
            "POLIS_ENGINE=llm needs POLIS_ENGINE_API_KEY.",
        ),
        (
            wanted and not own and unpriced,
            "POLIS_ENGINE=llm needs POLIS_ENGINE_INPUT_USD and POLIS_ENGINE_OUTPUT_USD: "
            "what your provider takes for a million tokens.",
        ),
        (
            bool(settings.engine_base_url) and not _sound(settings.engine_base_url, own=own),
            "POLIS_ENGINE_BASE_URL must be an https address, or http on your own network.",
        ),
    ]


def own_server(base_url: str) -> bool:
    """Whether an address is on this machine or network: what it serves costs no money."""
    host = _host(base_url)
    if not host:
        return False
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))
    return address.is_private or address.is_loopback


def _sound(base_url: str, *, own: bool) -> bool:
    scheme = base_url.partition("://")[0]
    return bool(_host(base_url)) and (scheme == "https" or (scheme == "http" and own))


def _host(base_url: str) -> str:
    try:
        return urlsplit(base_url).hostname or ""
    except ValueError:
        return ""
