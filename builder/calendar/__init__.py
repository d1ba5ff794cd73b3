"""Days: the period that figures cover, the periods that assessments name, and working days."""
