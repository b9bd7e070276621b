"""Looking at files people send before anything else does: in a child process, by an allow-list.

`inspector.py` is the way in; `child.py` is what runs apart. The other modules are the checks, which
import what they need when they need it, because each file pays for its own process.
"""
