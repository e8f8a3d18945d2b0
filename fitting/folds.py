"""Folds that keep groups whole: linked experiments and topics are never on both sides."""

import hashlib
from collections.abc import Sequence


class Ungrouped(ValueError):
    """The same group stands on both sides of a split: whatever is measured so is inflated."""


def folds(groups: Sequence[str], count: int) -> list[int]:
    """The fold of each pair, by its group's name alone."""
    return [int(hashlib.sha256(group.encode()).hexdigest(), 16) % count for group in groups]


def whole(groups: Sequence[str]) -> list[int]:
    """A fold for each group: for few and large ones, such as topics."""
    numbers = {group: number for number, group in enumerate(sorted(set(groups)))}
    return [numbers[group] for group in groups]


def check(groups: Sequence[str], fold_of: Sequence[int]) -> None:
    """Refuse a split that tears a group apart."""
    seen: dict[str, int] = {}
    for group, fold in zip(groups, fold_of, strict=True):
        if seen.setdefault(group, fold) != fold:
            raise Ungrouped(f"{group} stands in more than one fold")
