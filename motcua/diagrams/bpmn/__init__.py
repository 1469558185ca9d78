"""BPMN 2.0: a process goes out for any BPMN tool or engine, and the subset that the platform runs comes back in.

The subset: one plain start event, user tasks in lanes, script tasks that only choose, timers on the border of a task,
exclusive gateways, sequence flows, plain end events. A task in the filer's lane is a supplement. What BPMN has no place
for stands in attributes and elements of our namespace: the code of a step, its hours, what it does, its English name,
the code of an action, its condition, tasks and opinions. A process that a tool drew without them is read by names:
lanes by the name of the role, hours from the documentation ("4 giờ"), actions by their words.
"""

from motcua.diagrams.bpmn.reading import read
from motcua.diagrams.bpmn.writing import export

__all__ = ["export", "read"]
