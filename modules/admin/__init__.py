"""Who works here, on which computers, and what somebody should look at."""
