"""OAuth clients: who may ask a person for access, and where the answer may go."""
