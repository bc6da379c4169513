"""Importing files of any kind: what they are, what their columns mean, what is wrong with them.

A module says with a `Kind` what it takes; everything else is here. Nothing in this package knows
Qt or the database; mistakes in the data are values, so that all are shown at once.
"""
