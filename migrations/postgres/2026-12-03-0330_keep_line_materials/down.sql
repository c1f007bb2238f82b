DROP TABLE lead_notices;
DROP TABLE line_materials;
