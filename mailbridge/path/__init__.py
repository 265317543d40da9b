"""THE PATH of a message: `receive.py` is the page to read; `post.py` is the one exit for everything we send."""
