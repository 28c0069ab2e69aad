"""The formats in which an answer can be written, one writer a file."""
