"""Plain drawings as SVG text, made without a browser: the same numbers give the same text.

They are printed on office printers, so they tell things apart by length, place and dashes, never by
colour alone.
"""
