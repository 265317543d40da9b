"""WHERE MAIL COMES IN: SMTP and LMTP listener, IMAP poller. Each builds an `Envelope` and calls `receive`."""
