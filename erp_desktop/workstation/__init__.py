"""What this workstation owns: journal, replica, sync, enrolment, offline sign-in."""
