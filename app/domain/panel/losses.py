"""How many people a panel may lose and still be one."""

LOST_OF = 10  # one of so many, and no more


def too_many(lost: int, seated: int) -> bool:
    """Whether those who did not answer are more than a panel lives with."""
    return lost * LOST_OF > seated
