"""The pages a customer sees at Stripe: paying, the portal, an invoice."""
