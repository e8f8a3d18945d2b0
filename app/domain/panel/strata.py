"""Draws spread evenly over the seats: every block of twenty holds each twentieth once."""

from app.domain.panel.streams import Stream

BLOCK = 20


class Strata:
    """Even draws per dimension; a seat's draw does not depend on how many seats there are."""

    def __init__(self, *name: object) -> None:
        self._name = name
        self._orders: dict[tuple[str, int], list[int]] = {}

    def unit(self, dimension: str, seat: int) -> float:
        """A number in (0, 1) for this seat, low-discrepant over neighbouring seats."""
        block, place = divmod(seat - 1, BLOCK)
        stratum = self._order(dimension, block)[place]
        inside = (stratum >> 16) + ((stratum & 0xFFFF) + 0.5) / 0x10000
        return inside / BLOCK

    def _order(self, dimension: str, block: int) -> list[int]:
        key = (dimension, block)
        if key not in self._orders:
            self._orders[key] = _shuffled(Stream(*self._name, dimension, block))
        return self._orders[key]


def _shuffled(stream: Stream) -> list[int]:
    """The strata in a random order, each with sixteen random bits of place inside it."""
    words = sorted((stream.word(), stratum) for stratum in range(BLOCK))
    return [stratum << 16 | word & 0xFFFF for word, stratum in words]
