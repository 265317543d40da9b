"""WHERE MAIL COMES IN: the SMTP and LMTP listener and the IMAP poller. Each builds an `Envelope` and calls `receive`."""
