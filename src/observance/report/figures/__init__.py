"""Pictures as our own SVG: what to draw (`shapes`) and how (`timeline`, `bars`, `maps`). Every one has a table twin."""
