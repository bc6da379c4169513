"""What the user sees before any module adds a page."""

import sys

if sys.version_info < (3, 12):
    # WORKAROUND: PySide6 6.12.0 is built for interpreters where None, True and False are immortal
    # (Python 3.12, PEP 683): each call that returns one of them takes a reference it never had, so
    # that Python 3.11 dies with "none_dealloc" after some thousand calls. This gives the three more
    # references than a lifetime of calls can take. It may go when PySide6 counts rightly on 3.11:
    # tests/ui/test_look.py says so.
    import ctypes

    for _immortal in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_immortal)).value += 1 << 48
