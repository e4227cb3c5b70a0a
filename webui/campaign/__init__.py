"""The board of a campaign: its dates on a line, its units against their milestones, its counted numbers, as the pack declares."""
