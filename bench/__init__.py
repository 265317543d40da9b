"""The benchmarks: the real `mailbridge serve` beside Postfix's plain relay, same mail, same file system, same run.

`python -m bench` (or `make bench`) measures and prints; `RESULTS.md` keeps what was measured, how, and when.
The load generator and the sink are processes of their own, so that they cost the relay under test little.
"""
