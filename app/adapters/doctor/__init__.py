"""The whole handshake of a connector against an installation, as its clients do it."""
