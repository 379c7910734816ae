"""Where records sit: the workspace folder, its format version and migration, files written whole, the index, search."""
