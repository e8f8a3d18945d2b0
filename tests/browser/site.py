"""An installation in this process that a browser can visit, and the list of its pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from werkzeug.serving import make_server

from app import bootstrap
from app.docs.published import published
from app.domain import accounts, mailed_links, provisioning
from app.kit import clock, ids
from tests.databases import Copies
from tests.factories import settings_for
from tests.fakes import PlainEngine, SpyQueue
from tests.served import free_port
from tests.serving import Quiet
from tests.tools.installation import Installation, running

NOWHERE = "/nowhere"


class Unclaimed(NamedTuple):
    """An organization nobody has claimed, and the account its address has, if there is one."""

    organization_id: str
    email: str
    user_id: str | None


class Site(Installation):
    """Where a browser goes: the services behind it are the test's own."""

    @property
    def base(self) -> str:
        return self.services.settings.base_url

    def pages(self) -> list[str]:
        """Every page a stranger can open, as it is registered, and some that take a name."""
        visitor = self.app.test_client()
        plain = sorted(
            rule.rule for rule in self.app.url_map.iter_rules()
            if "GET" in rule.methods and not rule.arguments
        )  # fmt: skip
        answers = {path: visitor.get(path, base_url=self.base) for path in plain}
        html = [path for path, answer in answers.items() if _is_page(answer)]
        docs = [f"/docs/{page.slug}" for page in published(self.services.settings).pages]
        more = [
            "/status",
            "/docs/search?q=refresh+token",
            "/app/runs/run_x",
            NOWHERE,
            "/docs/nowhere",
        ]
        return list(dict.fromkeys([*html, *docs, *more, *self.claim_pages(), *self.pay_pages()]))

    def claim_pages(self) -> list[str]:
        """What a mailed claim opens where the address has no account, and where it has one."""
        return [self._claim_link(self.unclaimed(has_account=known)) for known in (False, True)]

    def unclaimed(self, *, has_account: bool) -> Unclaimed:
        """An organization that waits for whoever has an address."""
        email, settings = f"{ids.new('p')}@example.com", self.services.settings
        grants = {"mode": settings.payment_mode, "now": clock.now()}
        with self.services.transaction() as session:
            made = provisioning.provision(
                session, email, "192.0.2.1", per_day=settings.trial_tokens_per_day, **grants
            )
            user_id = None
            if has_account:
                person = accounts.create(
                    session, email, password_digest=None, verified=True, trial_tokens_per_day=settings.trial_tokens_per_day,
                    **grants,
                )  # fmt: skip
                user_id = person.user_id
        return Unclaimed(made.organization_id, email, user_id)

    def _claim_link(self, waiting: Unclaimed) -> str:
        facts = {"organization": waiting.organization_id}
        with self.services.transaction() as session:
            secret = mailed_links.mint(
                session, mailed_links.CLAIM, waiting.email, facts, clock.now()
            )
        return f"/link/{secret}"

    def pay_pages(self) -> list[str]:
        """A link's page, the page it leads to, what it says unpaid and paid, and that page then."""
        visitor = self.app.test_client()

        def press(url: str, **form: str) -> str:
            return visitor.post(url, base_url=self.base, data=form).location

        organization_id = self.agent(tokens=0).who.organization_id
        links = [
            self.services.links.pay(organization_id, f"pack:{name}", clock.now())
            for name in ("small", "medium")
        ]
        due, other = (press(link) for link in links)
        pages = [links[0], due, press(due, do="cancel"), press(other, do="pay"), other]
        self.work_off()
        return [url.removeprefix(self.base) for url in pages]


@contextmanager
def visited(copies: Copies, folder: Path, kind: str = "sqlite", **parts: Any) -> Iterator[Site]:
    """Serve a fresh installation on a free port until the block ends; its parts can be replaced."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    bind = f"127.0.0.1:{port}"  # `localhost` stands for it: passkeys want a name
    settings = settings_for(copies.fresh(kind, folder), folder, base_url=base, bind=bind)
    built = bootstrap.build(settings)
    bootstrap.check(built)
    with running(replace(built, engine=PlainEngine, send=SpyQueue(), **parts)) as installation:
        server = make_server(
            "127.0.0.1", port, installation.app, threaded=True, request_handler=Quiet
        )
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Site(installation.services, installation.app)
        server.shutdown()
        thread.join()
    built.database.dispose()


def _is_page(answer) -> bool:
    return answer.status_code == 200 and answer.mimetype == "text/html"
