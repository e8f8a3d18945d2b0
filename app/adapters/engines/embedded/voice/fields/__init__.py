"""The fields of a reaction, by level of detail."""
