"""Reading bounces: reports in the form of RFC 3464, those of other forms, and what a server's words mean.

`report` reads message/delivery-status, `plainforms` finds recipients in text, `meaning` turns words and codes into a
reason and a status by the tables in `phrases`, `original` tells where the returned mail begins.
"""
