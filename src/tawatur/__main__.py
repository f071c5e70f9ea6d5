"""``python -m tawatur``: the command line."""

if __name__ == "__main__":
    # Worker processes load this module too, and need no command line.
    from tawatur.cli import main

    main()
