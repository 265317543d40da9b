"""Files with an inside: octets in, cleaned octets and what was met out. Pure; runs in the worker process.

`cleaning.py` takes metadata out of a file and keeps its pixels and its text; `reading/` reads the result with code of
its own for the leak gate. Nothing here raises on content: what can not be done is a `Trouble`.
"""
