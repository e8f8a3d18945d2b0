"""What is asked for at run time, what is imported, and the page of reasons agree."""

import re
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
    assert third_party() - modules - COME_ALONG == set()


def asked_for() -> set[str]:
    lines = (ROOT / "requirements/runtime.in").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w-]*)", lines, re.MULTILINE))


def third_party() -> set[str]:
    named = {
        name for each in sources() if each.path not in RUNS_ELSEWHERE for name in imported(each)
    }
    return named - sys.stdlib_module_names - {"app", ""}
