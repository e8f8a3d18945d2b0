"""What a test may do to Stripe and to what Stripe sends."""
