"""Rules as code: a rule reads a state under dated parameters and gives findings.

>>> from bianzhi.rules import shipped
>>> shipped.pack("nation").title
'全国通用检查'
"""
