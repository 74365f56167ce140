"""Painting measured boxes: the half of ``typeset`` that knows coordinates and direction."""
