"""The nouns: frozen values with no I/O, no clock, no randomness. They import nothing but each other and `errors`."""
