"""The programs that are compared. Each is written as its users would write it.

A module has ``NAME`` and ``load(work)``, which reads the shared JSON, registers fonts and returns
``make(kind, brand) -> bytes`` for the kinds ``flyer`` and ``handout``. Run as a script, it makes
one file: that is the cold start.
"""
