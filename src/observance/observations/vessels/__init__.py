"""Vessel behaviour: what ships did, as far as their messages tell, with evidence for every event.

Entry: `detect.detect(positions, static, context, parameters)`. The column contract of positions and static messages
is in `columns`, every threshold in `parameters`, the shape of an event in `events`, the packaged tables in `context`.
The kernels need numba (extra `vessels`); importing this package does not.
"""
