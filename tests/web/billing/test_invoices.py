"""Invoices as the provider has them, and our own books where it has none or is away."""

import re

from tests.web.billing.conftest import PAGE, Away, Providing, payer_of
from tests.web.member import said

LIST = f"{PAGE}/invoices"
HOSTED = "https://invoice.example/i/1"


class Hosting(Providing):
    """Invoices have a page of the provider's, and a file."""

    def invoice(self, invoice_id):
        return self._real.invoice(invoice_id)._replace(url=HOSTED, pdf_url=f"{HOSTED}.pdf")

    def invoices(self, customer_id):
        found = [self.invoice(each.id) for each in self._real.invoices(customer_id)]
        draft = found[0]._replace(id="in_draft", number=None, status="draft")
        unknown = found[0]._replace(id="in_more", number="OVER-1", status="open")
        return [draft, unknown, *found]


class Portal(Providing):
    def portal(self, customer_id, back_url):
        return f"https://portal.example/{customer_id}?back={back_url}"


def links(page: str) -> list[str]:
    return re.findall(r'href="(/app/billing/invoices/pay_\w+)"', page)


def test_before_anything_was_bought_it_says_so(payer):
    assert "Nothing was bought yet." in payer.shown(LIST)


def test_what_was_bought_is_listed_newest_first_and_leads_to_a_receipt(payer):
    payer.bought("pack:small")
    payer.bought("plan:starter")
    page = payer.shown(LIST)
    assert re.findall(r'class="sub">(\w+ \w+)<', page) == ["Starter plan", "Small pack"]
    assert "$5.00" in page
    assert "PDF" not in page
    receipt = said(payer.open(links(page)[1]))
    assert "Amount $5.00, before tax" in receipt
    assert "Tokens 1,000" in receipt


def test_an_invoice_leads_to_its_page_at_the_provider(payer):
    payer.bought("pack:small")
    with payer.at_another(Hosting) as there:
        page = there.shown(LIST)
        assert there.open(links(page)[0]).location == HOSTED
    assert f'href="{HOSTED}.pdf"' in page
    assert f'href="{HOSTED}">OVER-1' in page  # one that our books do not know
    assert "in_draft" not in page
    assert page.count("<tr>") == 1 + 2


def test_without_the_provider_our_own_books_are_shown_and_it_is_said(payer):
    payer.bought("pack:small")
    with payer.at_another(Away) as there:
        page = there.shown(LIST)
        assert "The payment provider does not answer." in page
        assert "Small pack" in page
        assert "This is what our own books know" in there.shown(links(page)[0])


def test_another_organizations_payment_does_not_exist(payer):
    payer.bought("pack:small")
    (theirs,) = links(payer.shown(LIST))
    other = payer_of(payer.polis, "other-" + payer.email)
    other.shown(theirs, 404)
    other.shown(f"{LIST}/pay_x", 404)


def test_the_open_invoice_leads_to_where_it_is_paid(payer):
    payer.bought("plan:starter")
    assert payer.open(f"{LIST}/open").location == PAGE
    services = payer.polis.services
    biller = services.biller()
    (kept,) = biller.invoices(biller.customer_of(payer.organization_id))
    payer.account(status="past_due", open_invoice_id=kept.id)
    assert payer.open(f"{LIST}/open").location == LIST
    with payer.at_another(Hosting) as there:
        assert there.open(f"{LIST}/open").location == HOSTED
    with payer.at_another(Away) as there:
        there.shown(f"{LIST}/open", 503)


def test_payment_details_lead_to_the_providers_portal(payer):
    payer.shown()
    assert payer.send(f"{PAGE}/portal").location == PAGE  # nobody's customer yet
    payer.bought("pack:small")
    with payer.at_another(Portal) as there:
        assert "Payment details" in there.shown()
        address = there.send(f"{PAGE}/portal?return=//evil.example", back="//evil.example").location
    assert address.startswith("https://portal.example/cus_")
    assert address.endswith("?back=http://127.0.0.1:8000/app/billing")
    with payer.at_another(Away) as there:
        there.shown()
        assert there.send(f"{PAGE}/portal").status_code == 503
