"""Whether the process of this container is well; exits with 1 where it is not.

usage: python deploy/healthy.py web|worker
"""

import os
import sys
import urllib.error
import urllib.request

WITHIN_S = 4


def web() -> str:
    """The process answers; whether the installation can work, `/readyz` says."""
    bind = os.environ.get("POLIS_BIND")  # the image says it: then nothing else need be read
    if not bind:
        from app import settings  # noqa: PLC0415 # what it costs is for whoever said it elsewhere

        bind = settings.from_environment().bind
    port = bind.rpartition(":")[2]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=WITHIN_S):
            return ""
    except (urllib.error.URLError, OSError) as error:
        return f"/healthz does not answer: {error}"


def worker() -> str:
    """A worker of this host was heard of within a minute."""
    from app import bootstrap, outbox, settings  # noqa: PLC0415 # the web's check needs none of it
    from app.kit import clock  # noqa: PLC0415 # as above

    database = bootstrap.build(settings.from_environment()).database
    with database.reading() as session:
        heard = outbox.alive_here(session, clock.now())
    return "" if heard else "no worker of this machine is heard of"


if __name__ == "__main__":
    problem = {"web": web, "worker": worker}[sys.argv[1]]()
    if problem:
        sys.exit(problem)
