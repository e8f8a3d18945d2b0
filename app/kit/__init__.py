"""Small tools that need nobody: the clock, names, secrets, logs."""
