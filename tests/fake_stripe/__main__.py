"""`python -m tests.fake_stripe`: serve until the process is told to stop."""

import argparse
import signal
import sys
import time

from tests.fake_stripe.wire.server import Server


def main() -> None:
    """Serve, having said where."""
    asked = argparse.ArgumentParser(prog="tests.fake_stripe", description=__doc__)
    asked.add_argument("--port", type=int, default=0, help="0 takes a free one")
    asked.add_argument("--live", action="store_true", help="an account in live mode: sk_live_ keys")
    asked.add_argument("--now", type=int, default=0, help="where the clock stands at first")
    asked.add_argument("--seed", default="polis", help="another seed gives other ids")
    given = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    now = given.now or int(time.time())
    with Server(given.port, live=given.live, now=now, seed=given.seed) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
