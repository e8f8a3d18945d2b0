"""From a request on the wire to an answer, with Stripe's own refusals."""
