"""2. What the evidence says: detectors for texts, names, tracks."""
