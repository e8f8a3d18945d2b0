"""Every address we put into an answer: the base address and a path, nothing from the request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kit import clock, secrets

LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PayLink:
    """What a pay link stands for."""

    organization_id: str
    item: str  # pack:small, plan:pro, or the id of a purchase


class Links:
    """Builds links and reads the signed ones back; the first key signs, all verify."""

    def __init__(self, base_url: str, keys: tuple[str, ...]) -> None:
        self.base_url = base_url
        self.keys = keys

    def run(self, run_id: str) -> str:
        """The dashboard page of a run, comparison or thread."""
        return f"{self.base_url}/app/runs/{run_id}"

    def page(self, path: str) -> str:
        """A page of ours."""
        return f"{self.base_url}{path}"

    def pay(self, organization_id: str, item: str, now: datetime) -> str:
        """A page that sells one item to one organization for seven days and signs nobody in.

        The day is rounded up, so that an answer repeated within a day is the same.
        """
        ends = clock.day_start(now) + LIFE + timedelta(days=1)
        return self.pay_until(organization_id, item, ends)

    def paying(self, organization_id: str, purchase_id: str, expires_at: datetime) -> str:
        """Where a payer comes back to from the provider's page: it says what became of it."""
        return self.pay_until(organization_id, purchase_id, expires_at + LIFE)

    def pay_until(self, organization_id: str, item: str, ends: datetime) -> str:
        """The same with its end given."""
        facts = (organization_id, item, str(clock.milliseconds(ends)))
        signature = secrets.sign(self.keys[0], "pay", *facts)
        return f"{self.base_url}/pay/{'.'.join((*facts, signature))}"

    def read_pay(self, token: str, now: datetime) -> PayLink | None:
        """What a pay token stands for, or None where it is not ours or too old."""
        *facts, signature = token.split(".")
        if len(facts) != 3 or not facts[2].isdigit():
            return None
        signed = [secrets.same(secrets.sign(key, "pay", *facts), signature) for key in self.keys]
        if not any(signed) or int(facts[2]) < clock.milliseconds(now):
            return None
        return PayLink(facts[0], facts[1])
