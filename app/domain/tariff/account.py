"""Whose work a model is asked for."""

from typing import NamedTuple


class Account(NamedTuple):
    """An organization, for the day's money, and the run or thread the work belongs to."""

    organization_id: str
    work_id: str
