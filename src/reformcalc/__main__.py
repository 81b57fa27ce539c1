"""`python -m reformcalc`."""

from reformcalc.cli import main

if __name__ == "__main__":
    main()
