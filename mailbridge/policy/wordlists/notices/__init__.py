"""How the notices of marketplaces read, one language a file: what sellers need not repeat."""
