"""OCTETS to NOUNS and back: parse, read the text, mask, compose, gate. Pure: no I/O, no clock, no randomness."""
