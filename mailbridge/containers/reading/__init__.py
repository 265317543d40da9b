"""Reads what a cleaned file says, for the leak gate: with decoders of its own, so that one fault can not blind both.

Shares no code with the cleaners beside it, as the gate shares none with the masker (design.md D10).
"""
