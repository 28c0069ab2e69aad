"""The hand on the terminal. Results go to stdout, talk goes to stderr."""
