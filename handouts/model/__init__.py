"""Frozen types that the stages hand to one another. Knows no file, clock, YAML or PDF."""
