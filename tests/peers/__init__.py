"""The surroundings that tests put the bridge into: real mail servers and clients, a sink, both parties' mailboxes.

Everything runs on loopback, on free ports, in folders of its own, and is stopped by process id. What is installed on
the system is only used as programs; its services and their configuration are not touched.
"""
