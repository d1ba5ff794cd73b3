"""What ends one day, and is to be seen to months before: holidays, programs, certificates, keys, and what people noted.

Always holds: nothing here stops a night. What cannot be looked at is said, like what ends.
"""

from builder.upkeep.certificates import certificate
from builder.upkeep.endings import Ending, data, holidays, key, near, noted
from builder.upkeep.programs import programs

__all__ = ["Ending", "certificate", "data", "holidays", "key", "near", "noted", "programs"]
