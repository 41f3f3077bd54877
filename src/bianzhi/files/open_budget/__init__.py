"""The Israeli state's ledger of authorised posts, into the exchange form.

The publisher prints, year by year, a budget law with posts (שיא כ"א) and temporary work units
(עב"צ) by budget line, numbered and dated requests that move posts between programmes, and the
posts of each line after them. This package turns a folder of these files into one record:

- Sections, domains and programmes are organisations under one root; programmes hold the posts.
  Their codes are their keys: the publisher's successor files show no code that came to mean
  another programme, and a folder in which one did would be refused.
- A law is a change of kind ``opening`` on 1 January: one grant (下达) from 上级 for each figure
  of each line, so that each budget line is one posting, as the rounding allowance counts them.
- A request is a change under its own number (``2012/01/010``) with one leg (调剂) a line. What does
  not sum to zero gets an explicit counter leg: cuts 核销, conversions 置换; anything else is posted
  as unverified, the difference on 上级 with its reason.
- The closing is a change of assertions (核对) on 31 December, one a programme, the rounding
  allowance (half a post for each budget line and each change line) as tolerance.
- A law grants posts for its year only. On 1 January new organisations are set up and old ones
  merged into their successors with their posts (clause 机构), then every balance goes back to 上级
  and what nobody carries on is closed (clause 结转), then the new law's lines are granted afresh
  (clause 编制数). So a year's opening is exactly the lines of its law, whatever was carried.
- Where rounding alone would carry a programme below zero, the missing half is granted in a change
  of its own without a document, unverified: it is not one of the published changes.

Temporary work units have an opening only: no requests about them are in the files, so their
closing figures are not asserted.
"""

from bianzhi.files.open_budget.convert import convert
from bianzhi.files.open_budget.requests import Request, Standing, classify_requests

__all__ = ["Request", "Standing", "classify_requests", "convert"]
