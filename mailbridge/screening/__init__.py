"""Looking into files of messages in a process of its own: no network, little memory, little time (design.md D15).

`screener.py` is what the path calls; `worker.py` keeps the process, `child.py` is what runs in it, `confine.py` takes
its rights away, `wire.py` is what the two say to each other. Off by default: `ocr.py` has words in pictures read by
another program, which `exec_cage.py` confines, and `words.py` understands.
"""
