"""The small web endpoint: whether the bridge is well, and its metrics. For machines, not for people."""
