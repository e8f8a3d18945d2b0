"""What a provider's model costs, what tokens earn, and how much may be spent on it a day."""
