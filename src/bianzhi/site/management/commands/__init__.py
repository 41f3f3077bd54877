"""The commands of the ``bianzhi`` command line."""
