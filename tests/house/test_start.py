"""What the web process imports before its first request: nothing that only some requests need."""

import os
import subprocess
import sys

from tests.served import ROOT

WHEN_FIRST_USED = {
    "PIL", "alembic", "anthropic", "authlib", "cryptography", "httpcore2", "httpx2", "huey", "joserfc", "lxml",
    "openai", "psycopg", "pyotp", "redis", "requests", "segno", "smtplib", "sqlalchemy.dialects.postgresql", "stripe",
    "trafilatura", "webauthn", "zxcvbn", "app.adapters.engines.embedded",
}  # fmt: skip
LOADED = "import sys, wsgi; print(*sys.modules, sep='\\n')"


def test_nothing_heavy_is_imported_before_it_is_used(copies, tmp_path):
    environment = {
        **os.environ,
        "POLIS_ENV": "development",
        "POLIS_DATABASE_URL": copies.fresh("sqlite", tmp_path),
        "POLIS_INSTANCE_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert set(done.stdout.split()) & WHEN_FIRST_USED == set()


def test_what_supervises_imports_the_standard_library_alone():
    loaded = "import sys, app.kit.supervisor; print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ours = {name for name in done.stdout.split() if name.partition(".")[0] == "app"}
    assert ours == {"app", "app.kit", "app.kit.supervisor"}
    assert set(done.stdout.split()) & {"click", "flask", "pydantic", "sqlalchemy"} == set()
