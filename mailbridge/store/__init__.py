"""ALL SQL: tables, facts, intake, queue, listings, sealing. Nothing outside imports sqlalchemy."""
