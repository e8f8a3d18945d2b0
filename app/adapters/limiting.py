"""The limits of this installation: the usual ones, and what its settings make of them."""

from app.domain import limits
from app.domain.limits import Limit
from app.errors import InvalidInput
from app.settings import BadSettings, Settings


def of(settings: Settings) -> dict[str, Limit]:
    """Every limit by name; a change that cannot be stops the start."""
    try:
        return limits.table(
            mcp_per_minute=settings.limit_mcp_per_minute,
            mcp_burst=settings.limit_mcp_burst,
            changes=settings.limits,
        )
    except InvalidInput as refusal:
        raise BadSettings(f"POLIS_LIMITS: {refusal.message}.") from None
