"""`python -m builder` is `mingge`."""

from builder.cli import main

main()
