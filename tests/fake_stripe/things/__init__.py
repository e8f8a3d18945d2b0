"""The account's things, one file each, as Stripe's reference names them."""
