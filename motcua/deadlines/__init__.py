"""Thời hạn: which days and hours an office works, and when a result is due, with the reasons as values.

``counting`` when a result is due, by law and to the minute · ``retelling`` what moved it since · ``words`` the
explanation a citizen understands · ``stretches`` who had a dossier how long, and whose a delay is · ``counted`` on
time as the State counts it · ``national`` the country's holidays and swapped days (no database) ·
``queries.calendar_for`` one office's calendar · ``actions`` an office arranges a day of its own. The arithmetic over
working minutes stands in ``base.worktime``.

Law: Bộ luật Dân sự 91/2015/QH13 Điều 147, 148; Bộ luật Lao động 45/2019/QH14 Điều 105, 112; yearly decisions on swaps.
"""
