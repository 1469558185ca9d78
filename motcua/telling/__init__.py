"""What the filer of a dossier, who follows it and who holds a result are told because of facts, and in which words.

``words`` is the table: one row a fact of the dossier, of its corrections and opinions; the rest of the facts is seen on
the timeline alone. The filer hears the reason too; who follows hears that it moved, which the page of its code shows.
"""
