DROP TABLE income_certifications;
