"""A run's life: ordered, fanned out in batches, recorded, synthesised, settled, asked about."""
