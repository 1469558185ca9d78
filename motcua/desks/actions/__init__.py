"""Every write of the desks: one public function a verb.

``counter`` a filing at the counter · ``tickets`` numbers of the queue · ``groups`` dossiers that belong together ·
``bulk`` one verb over many dossiers · ``views`` saved worklists · ``notes`` words among officers.
"""
