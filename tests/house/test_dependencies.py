"""What is asked for at run time, what is imported, and the page of reasons agree."""

import re
import subprocess
import sys

from tests.house.source import ROOT, sources
from tests.house.test_never import imported

REASONS = ROOT / "decisions/0008-libraries-we-chose.md"
IMPORTED_AS = {
    "argon2-cffi": "argon2",
    "disposable-email-domains": "disposable_email_domains",
    "flask-login": "flask_login",
    "flask-wtf": "flask_wtf",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
}
RUN_BY_NAME = {
    "async-timeout",
    "gunicorn",
    "psycopg",
    "redis",
    "requests",
    "setuptools",
}  # started, or loaded by another
# With flask, pydantic, httpx2, joserfc and trafilatura.
COME_ALONG = {
    "markupsafe", "jinja2", "werkzeug", "pydantic_core", "httpcore2", "cryptography", "lxml",
}  # fmt: skip
# Asked for in a lock of their own, by whoever wants them; one package alone imports them.
OPTIONAL = {"opentelemetry": "otel", "sentry_sdk": "sentry"}
TELLING = "app/adapters/telling/"
RUNS_ELSEWHERE = {"app/cli/demo_client.py"}  # in an environment of its own


def test_every_library_has_its_reason():
    reasons = REASONS.read_text(encoding="utf-8")
    assert {name for name in asked_for() if name not in reasons} == set()


def test_every_reason_is_a_librarys():
    page = REASONS.read_text(encoding="utf-8").partition("setuptools is in the lock")[0]
    assert set(re.findall(r"^\| ([a-z][\w-]*) \|", page, re.MULTILINE)) - {"library"} == (
        asked_for() - {"setuptools"}
    )


def test_every_library_is_used():
    modules = {IMPORTED_AS.get(name, name) for name in asked_for() - RUN_BY_NAME}
    assert modules - third_party() == set()


def test_every_import_is_asked_for():
    modules = {IMPORTED_AS.get(name, name) for name in asked_for()}
    assert third_party() - modules - COME_ALONG - OPTIONAL.keys() == set()


def test_what_is_optional_has_its_lock_and_is_imported_where_it_is_wanted_alone():
    for library, lock in OPTIONAL.items():
        asked = (ROOT / f"requirements/{lock}.in").read_text(encoding="utf-8")
        assert library.replace("_", "-") in asked
        importing = {each.path for each in sources() if library in imported(each)}
        assert importing == {path for path in importing if path.startswith(TELLING)} != set()


def test_a_start_imports_nothing_that_is_optional():
    code = "import sys, app.web.start, app.cli.worker; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert OPTIONAL.keys() & set(loaded.stdout.split()) == set()


def asked_for() -> set[str]:
    lines = (ROOT / "requirements/runtime.in").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w-]*)", lines, re.MULTILINE))


def third_party() -> set[str]:
    named = {
        name for each in sources() if each.path not in RUNS_ELSEWHERE for name in imported(each)
    }
    return named - sys.stdlib_module_names - {"app", ""}
