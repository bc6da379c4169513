"""What this workstation owns: journal, replica, sync, enrolment, offline sign-in.

Modules declare their sets with `sets.ReplicaSet`; pages reach the rest through `Workstation`.
"""
