"""What an operator may set: `model.py` has every setting, `environment.py` reads them."""

from app.settings.environment import PREFIX, BadSettings, from_environment
from app.settings.model import ROOT, SHARED_EGRESS, PaymentMode, Settings

__all__ = [
    "PREFIX", "ROOT", "SHARED_EGRESS", "BadSettings", "PaymentMode", "Settings", "from_environment",
]  # fmt: skip
