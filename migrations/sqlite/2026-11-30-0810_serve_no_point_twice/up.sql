-- Nobody is served where somebody else is on the same day: here one writes at a time and looks before, so that nothing is to be added; PostgreSQL has a constraint for it.

SELECT 1;
