"""Analysing again what has been analysed, beside the present analyses, and making the new ones current in one step."""
