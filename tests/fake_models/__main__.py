"""`python -m tests.fake_models`: serve until the process is told to stop."""

import argparse
import signal
import sys

from tests.fake_models.server import Server


def main() -> None:
    """Serve, having said where."""
    asked = argparse.ArgumentParser(prog="tests.fake_models", description=__doc__)
    asked.add_argument("--port", type=int, default=0, help="0 takes a free one")
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Server(given.port) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
