DROP INDEX premises_by_search_text;
DROP TABLE coming_addresses;
DROP TABLE former_cycles;
