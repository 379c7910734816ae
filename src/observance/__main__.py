"""`python -m observance`: the command line."""

from observance.cli.main import main

main()
