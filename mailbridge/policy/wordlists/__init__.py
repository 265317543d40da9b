"""The wordlists that ship, one language a file; written by hand as `policy/phrases.py` says.

A rule adds to them by the parameter `also` of its check and takes away by `except`.
"""

from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists import de, en, es, fr, it, pl

WORDLISTS: tuple[Wordlist, ...] = (en.WORDLIST, pl.WORDLIST, it.WORDLIST, de.WORDLIST, fr.WORDLIST, es.WORDLIST)
