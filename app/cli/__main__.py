"""`python -m app.cli`: the same command without an installed script."""

from app.cli import main

main()
