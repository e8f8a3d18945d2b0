"""Everything that leaves the process, behind the protocols of domain.ports."""
