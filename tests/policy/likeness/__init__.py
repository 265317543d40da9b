"""What `mailbridge/policy/likeness.py` learns from, and how; `python -m tests.policy.likeness` learns it anew."""
