"""What is left of a limit, as an answer's headers say it."""

from app.domain.limits import Allowance


def rate_headers(allowance: Allowance) -> list[tuple[str, str]]:
    """The figures of a limit, under the standard's names and the customary ones."""
    figures = (
        ("Limit", allowance.limit.amount),
        ("Remaining", allowance.remaining),
        ("Reset", allowance.reset_s),
    )
    return [
        (f"{prefix}RateLimit-{name}", str(figure))
        for prefix in ("", "X-")
        for name, figure in figures
    ]
