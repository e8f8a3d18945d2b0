"""The edge where work comes in: one row at a time, by its id."""
