"""WHERE MAIL GOES OUT: delivery workers, DKIM signing and the transports."""
