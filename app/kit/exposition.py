"""Figures as Prometheus reads them: its text format, version 0.0.4."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from app.kit.meters import METERS, Gauge, Histogram, Meter

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Numbers = Mapping[tuple[str, ...], Sequence[float]]
"""By meter and values of its labels, its numbers: one, or buckets and their sum."""


def text(numbers: Numbers) -> str:
    """Every meter, in the order of their list; what has no label counts from nothing."""
    return "".join(f"{line}\n" for meter in METERS for line in _meter(meter, numbers))


def _meter(meter: Meter, numbers: Numbers) -> Iterator[str]:
    found = sorted((name[1:], each) for name, each in numbers.items() if name[0] == meter.name)
    if not found and not meter.labels and not isinstance(meter, Gauge):
        found = [((), [0.0])]
    yield f"# HELP {meter.name} {meter.says}"
    yield f"# TYPE {meter.name} {meter.kind}"
    for values, each in found:
        labels = list(zip(meter.labels, values, strict=True))
        if isinstance(meter, Histogram):
            yield from _histogram(meter, labels, each)
        else:
            yield _sample(meter.name, labels, each[0])


def _histogram(
    meter: Histogram, labels: list[tuple[str, str]], numbers: Sequence[float]
) -> Iterator[str]:
    *buckets, total = numbers
    counts = list(accumulate(buckets))
    bounds = [*map(_number, meter.bounds), "+Inf"]
    for bound, count in zip(bounds, counts, strict=True):
        yield _sample(f"{meter.name}_bucket", [*labels, ("le", bound)], count)
    yield _sample(f"{meter.name}_sum", labels, total)
    yield _sample(f"{meter.name}_count", labels, counts[-1])


def _sample(name: str, labels: Iterable[tuple[str, str]], number: float) -> str:
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels)
    return f"{name}{{{told}}} {_number(number)}" if told else f"{name} {_number(number)}"


def _number(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
