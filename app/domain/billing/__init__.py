"""Plans, packs and payments: what is bought, what came in, what goes back; no provider's words."""
