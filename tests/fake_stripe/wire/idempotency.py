"""Idempotency keys: an answer is kept with the request it answered, for a day at least."""

import hashlib
from dataclasses import dataclass, field
from threading import Lock

from tests.fake_stripe.ground.problems import InUse, KeyReused

KEPT_FOR = 24 * 3600
Answer = tuple[int, bytes]


@dataclass
class Keys:
    """Answers by key, and the keys that are at work."""

    answers: dict[str, tuple[str, str, int, Answer]] = field(default_factory=dict)
    at_work: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def begin(self, key: str, path: str, body: bytes, now: int) -> Answer | None:
        """The stored answer of a repeated request; otherwise the key is at work from here."""
        digest = hashlib.sha256(body).hexdigest()
        with self.lock:
            kept = self.answers.get(key)
            if kept and now - kept[2] < KEPT_FOR:
                if kept[:2] != (path, digest):
                    raise KeyReused(
                        "Keys for idempotent requests can only be used with the same parameters "
                        f"they were first used with. Try using a key other than '{key}' if you "
                        "meant to execute a different request."
                    )
                return kept[3]
            if key in self.at_work:
                raise InUse(
                    "There is currently another in-progress request using this Stripe idempotency "
                    f"key ({key}).", code="idempotency_key_in_use",
                )  # fmt: skip
            self.at_work.add(key)
            return None

    def end(self, key: str, path: str, body: bytes, now: int, answer: Answer | None) -> None:
        """Keep the answer, unless nothing was tried."""
        with self.lock:
            self.at_work.discard(key)
            if answer is not None:
                self.answers[key] = (path, hashlib.sha256(body).hexdigest(), now, answer)
