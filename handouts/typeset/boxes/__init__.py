"""Measuring, splitting and flowing boxes: the layout half of ``typeset``, before any painting."""
