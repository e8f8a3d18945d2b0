"""People of one organization, each in front of a browser that looks at it."""

from sqlalchemy import select, update

from app.domain import organizations, sessions
from app.domain.sessions import Browser
from app.kit import clock, ids
from app.models.accounts import Membership
from app.models.audit import AuditEvent
from app.models.credentials import SignInSession
from tests import oauth
from tests.factories import Member, member
from tests.web.account.browser import Visitor


class Team:
    """A shared organization and its people."""

    def __init__(self, polis):
        self.polis, self.services = polis, polis.services
        who = self._somebody()
        person = oauth.signed_in(who, clock.now())
        with self.services.transaction() as session:
            self.id = organizations.make(session, person, "Harbour light", clock.now())
        polis.organizations.append(self.id)
        self.owner = self.browser(who)

    def add(self, role: str, **facts) -> Visitor:
        """Somebody else with a role, in front of their browser."""
        who = self._somebody(**facts)
        self.place(who, role)
        return self.browser(who)

    def place(self, who: Member, role: str) -> None:
        facts = {"organization_id": self.id, "user_id": who.user_id, "role": role}
        with self.services.transaction() as session:
            session.add(Membership(**facts, created_at=clock.now()))

    def stranger(self) -> Visitor:
        """Somebody signed in who belongs elsewhere."""
        return self.browser(self._somebody(), looking=None)

    def browser(self, who: Member, looking: str | None = "here") -> Visitor:
        """A browser signed in a moment ago, looking at the organization."""
        visitor = Visitor(self.polis)
        with self.services.transaction() as session:
            begun = sessions.begin(session, who.user_id, Browser("127.0.0.1", "x"), clock.now())
            if looking:
                mine = SignInSession.id == begun.id
                session.execute(update(SignInSession).where(mine).values(organization_id=self.id))
        visitor.http.set_cookie("polis", begun.secret, domain="127.0.0.1")
        visitor.who = who
        visitor.open("/app/keys")  # a page with a form
        return visitor

    def role(self, who: Member) -> str | None:
        with self.services.database.reading() as session:
            place = session.get(Membership, (self.id, who.user_id), populate_existing=True)
            return None if place is None else place.role

    def acts(self, action: str) -> list[AuditEvent]:
        """What was done of one kind, in order."""
        with self.services.database.reading() as session:
            found = select(AuditEvent).where(
                AuditEvent.chain == self.id, AuditEvent.action == action
            )
            return list(session.scalars(found.order_by(AuditEvent.number)))

    def _somebody(self, **facts) -> Member:
        address = facts.pop("email", f"{ids.new('p')}@example.com")
        who = member(self.services, email=address, verified=True, **facts)
        self.polis.organizations.append(who.organization_id)
        return who


def stale(visitor: Visitor) -> Visitor:
    """The same browser ten minutes after its person showed who they are."""
    with visitor.polis.services.transaction() as session:
        mine = SignInSession.user_id == visitor.who.user_id
        shown = clock.now() - sessions.FRESH * 2
        session.execute(update(SignInSession).where(mine).values(authenticated_at=shown))
    return visitor
