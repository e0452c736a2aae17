"""aiolens finds mistakes in asynchronous Python. It is a program; this package only says where it is."""
