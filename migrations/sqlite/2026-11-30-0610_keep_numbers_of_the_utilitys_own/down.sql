DROP TABLE own_numbers;
