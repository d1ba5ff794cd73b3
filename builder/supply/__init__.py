"""What the program is made of: a bill of materials and a list of licences, from the lock file, what is
installed, and what of others lies in our own files.

Always holds: the same lock file and the same installed versions give the same bytes; no time, no random number, no
address of this machine.
"""

from builder.supply.bill import bill
from builder.supply.licences import licences
from builder.supply.parts import Part, parts
from builder.supply.vendored import vendored

__all__ = ["Part", "bill", "licences", "parts", "vendored"]
