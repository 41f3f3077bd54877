"""The establishment itself: documents in, states out.

Pure: standard library and Polars. No web framework, files of the office, clock or chance in here,
so that a preview, a test and the real record run the very same code.
"""
