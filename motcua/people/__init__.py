"""People: who asks, who answers, and at which office.

Nouns: an account (a way to sign in) · a citizen · an organisation and who represents it · an agency in the
tree of agencies, with every code it ever had · an officer and the posts (agency + role) held there.
Verbs: sign in · sign up · change a profile · verify an identity · create, recode and
merge agencies · appoint officers.

Law: identity numbers NĐ 137/2015/NĐ-CP Điều 13, TT 59/2021/TT-BCA; tax codes TT 86/2024/TT-BTC; agency codes
QĐ 20/2020/QĐ-TTg and, for the older form, QCVN 102:2016/BTTTT; personal data Luật 91/2025/QH15: facts in the
ledger name people by their id alone.
"""
