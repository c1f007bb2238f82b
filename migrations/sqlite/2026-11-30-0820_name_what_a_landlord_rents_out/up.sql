-- A landlord is noted for a place, not for all that a tenant has: somebody else may rent out their shop, and their own house is nobody's business. What was noted before is of the account's only place, where it has one.

ALTER TABLE account_roles ADD COLUMN premise_id INTEGER REFERENCES premises
    CONSTRAINT account_roles_premise_of_landlord CHECK (premise_id IS NULL OR role = 'landlord');

UPDATE account_roles SET premise_id = (SELECT MIN(p.premise_id) FROM service_agreements s JOIN service_points p ON p.id = s.service_point_id
    WHERE s.account_id = account_roles.account_id AND s.withdrawn_at IS NULL)
WHERE role = 'landlord' AND 1 = (SELECT COUNT(DISTINCT p.premise_id) FROM service_agreements s JOIN service_points p ON p.id = s.service_point_id
    WHERE s.account_id = account_roles.account_id AND s.withdrawn_at IS NULL);
