"""The built-in detectors, one a file, registered as entry points `observance.detectors`."""
