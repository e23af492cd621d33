"""`python -m bartizan` is `bartizan`."""

from bartizan.cli import main

if __name__ == "__main__":
    main()
