DROP TABLE deposit_moves;
DROP TABLE deposits;
