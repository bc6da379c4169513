"""What the lists of the till can be asked for by field, in the words of a filter line."""

# The field's names in English, French and Arabic, folded.
BRANCH = ("branch", "agence", "فرع", "الفرع")
