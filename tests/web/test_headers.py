"""Every route of the map, asked by every method: whatever it answers, it answers with safe headers."""

import re
from dataclasses import replace

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from tests.tools.installation import polis, running, standing

__all__ = ["polis", "standing"]

HOST = "polis.example"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
TELLING = {"Server", "X-Powered-By", "Via"}
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS")
BESIDE_THE_MAP = ("/mcp", "/api/mcp", "/api/v1/account", "/nowhere", "/static/x/none.css")


@pytest.fixture
def secure(polis):
    """The same installation under an https address."""
    settings = polis.services.settings.model_copy(update={"base_url": f"https://{HOST}"})
    with running(replace(polis.services, settings=settings)) as other:
        yield other


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
def test_s34_every_route_answers_with_safe_headers(secure, measured):
    paths = {re.sub(r"<[^>]+>", "x", rule.rule) for rule in secure.app.url_map.iter_rules()}
    faults, seen = {}, set()
    for path in sorted(paths | set(BESIDE_THE_MAP)):
        for method in METHODS:
            status, headers = asked(secure, path, method)
            seen.add(status)
            if told := wrong(headers):
                faults[path, method] = told
    measured("S34", "addresses asked with every method", len(paths | set(BESIDE_THE_MAP)))
    measured("S34", "answers with a header missing, unsafe or telling", len(faults))
    assert faults == {}
    assert len(paths) > 150
    assert seen >= {200, 303, 400, 401, 404, 405}


def asked(polis, path, method):
    """The status and the headers a stranger gets; each as often as it was sent."""
    environ = create_environ(path, method=method, headers={"Host": HOST})
    _, status, headers = run_wsgi_app(polis.app, environ, buffered=True)
    return int(status[:3]), headers


def wrong(headers) -> list[str]:
    """What is missing, said twice, unsafe, or says too much."""
    found = [name for name, value in ALWAYS.items() if headers.getlist(name) != [value]]
    found += [name for name in TELLING if name in headers]
    policies = headers.getlist("Content-Security-Policy")
    sound = len(policies) == 1 and "default-src 'none'" in policies[0]
    sound = sound and "frame-ancestors 'none'" in policies[0] and "unsafe" not in policies[0]
    return found if sound else [*found, "Content-Security-Policy"]
