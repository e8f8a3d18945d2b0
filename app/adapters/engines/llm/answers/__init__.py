"""What a model answers: its shape, how it is read, and what of it is believed."""
