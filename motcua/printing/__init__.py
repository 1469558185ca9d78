"""What leaves the house about a dossier on paper: forms 01 to 07 of Thông tư 03/2025/TT-VPCP. Reads only.

Nouns: *receipt* (01), *letter* (02 supplement, 03 refusal to receive, 04 apology, 05 stop), *control slip* (06),
*register* (07). Nothing is entered by hand: every line follows from what was filed and from the facts of the dossier.

``receipts``, ``letters``, ``slips``, ``registers`` make the documents · ``workbook`` a table as Excel · ``queries`` what
they read · ``words`` what the facts are called on paper. The templates stand in ``base/typesetting``.
"""
