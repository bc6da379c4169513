"""Reading a file of products: what it is, what its columns mean, what is wrong with its rows.

Nothing here knows the database; mistakes in the data are values, so that all are shown at once.
"""
