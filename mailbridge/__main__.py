"""Lets `python -m mailbridge` do what the command `mailbridge` does. Nothing else is here."""

from mailbridge.cli import main

if __name__ == "__main__":
    main()
