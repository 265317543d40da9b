"""Mailbridge, a mail gateway between the buyers and sellers of a marketplace. Start reading here.

The path of one message, wire to wire:

 1. inbound/*               a door (SMTP, LMTP, IMAP) builds an `Envelope`: reverse-path, forward-paths, octets
 2. path/receive.py         one function carries it through all that follows, one call a line
 3. message/parse.py        octets become a `Message`; hostile input gives defects, never an exception
 4. path/authenticate.py    SPF, DKIM and DMARC say who wrote it
 5. store/facts.py          everything a decision may look at is read once, as `Facts`
 6. policy/resolve.py       alias plus authenticated originator fix the two parties and the thread
 7. policy/judge.py         checks find, the market's rules decide: a `Verdict` with its reasons
 8. policy/plan.py          what is to be sent, refused, noted and answered: a `Plan`, data only
 9. path/post.py            texts are rendered, mails composed from an allow-list, the leak gate looks at every octet
10. store/intake.py         one commit: message, verdict, thread, deliveries, dedupe key; only then the reply 250
11. outbound/worker.py      claims a delivery, signs it, hands it to a transport, settles the outcome
12. policy/retry.py         says when a deferred delivery is tried again, and when it is given up
"""

__version__ = "0.1.0"
