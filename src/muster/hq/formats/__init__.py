"""How numbers are written: alike in every language, as staffs write them to each other."""
