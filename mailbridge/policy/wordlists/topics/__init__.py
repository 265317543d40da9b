"""What buyers write about, one language a file: shipping, invoice, return, complaint; as `policy/phrases.py` says."""
