"""How a question is read, weighed and answered; pure, no engine and no database.

``words`` how Vietnamese is read (marked, folded, abbreviated) · ``documents`` what of an edition is searched ·
``vocabulary`` the words of the procedures there are, and what a mistyped one may have meant · ``question`` which terms
are asked for and how much each counts · ``ranking`` the order of the candidates that an engine brings.
"""
