"""The documents programs look for, each made from the facts, all of them in one table."""
