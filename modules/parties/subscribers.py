"""What parties do when others report something: nothing; they listen to nobody."""
