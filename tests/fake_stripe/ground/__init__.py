"""What every thing of the account stands on: its shape, its place, its moment, its events."""
