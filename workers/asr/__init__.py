"""Speech to words. Engines behind one port; a model is a file that the operator puts into the models folder."""
