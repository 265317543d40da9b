"""DECISIONS: pure functions from message and facts to values. No I/O, no clock, no randomness, no logging."""
