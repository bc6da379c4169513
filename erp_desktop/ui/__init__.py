"""What the user sees before any module adds a page."""
