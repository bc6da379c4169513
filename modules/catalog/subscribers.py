"""What the catalog does when others report something: nothing; it listens to nobody."""
