"""What people make of what was read and worked out: every judgement and ruling."""
