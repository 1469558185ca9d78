"""Every write to a dossier: one public function a verb, the rows of ``states.MACHINE`` by file.

``intake`` receive, refuse · ``supplementing`` ask, answer ·
``working`` assign, pass on · ``deciding`` extend, decide, stop · ``ending`` withdraw, hand
over, close · ``transferring`` to another agency ·
``looking`` who read it. ``moving`` is what all of them share: lock, check, write, record.
"""

from motcua.dossiers.actions.deciding import decide, extend, stop
from motcua.dossiers.actions.ending import close, hand_over, withdraw
from motcua.dossiers.actions.intake import receive, refuse
from motcua.dossiers.actions.looking import look, look_at_all
from motcua.dossiers.actions.supplementing import ask_supplement, supplement
from motcua.dossiers.actions.transferring import transfer
from motcua.dossiers.actions.working import assign, do_task, pass_on

__all__ = [
    "ask_supplement",
    "assign",
    "close",
    "decide",
    "do_task",
    "extend",
    "hand_over",
    "look",
    "look_at_all",
    "pass_on",
    "receive",
    "refuse",
    "stop",
    "supplement",
    "transfer",
    "withdraw",
]
