"""Comparing passwords costs memory on purpose: in one process four are compared at once."""

from threading import Barrier, Lock

from app.domain import passwords
from tests.together import together

DIGEST, PASSWORD = "$argon2id$kept", "seven paper boats in harbour"


class Counting:
    """A hasher that says how many were in it together; each waits there for three others."""

    def __init__(self) -> None:
        self.inside = self.most = self.calls = 0
        self._counting, self._full = Lock(), Barrier(4)

    def hash(self, _password: str) -> str:
        self._busy()
        return DIGEST

    def verify(self, _digest: str, _password: str) -> bool:
        self._busy()
        return True

    def _busy(self) -> None:
        with self._counting:
            self.inside, self.calls = self.inside + 1, self.calls + 1
            self.most = max(self.most, self.inside)
        self._full.wait(60)
        with self._counting:
            self.inside -= 1


def test_of_twelve_at_once_four_are_compared_or_hashed(monkeypatch):
    hasher = Counting()
    monkeypatch.setattr(passwords, "_HASHER", hasher)

    def one(number):
        if number % 2:
            return passwords.matches(DIGEST, PASSWORD)
        return passwords.hash_password(PASSWORD) == DIGEST

    assert together(12, one) == [True] * 12
    assert (hasher.calls, hasher.most, hasher.inside) == (12, 4, 0)
