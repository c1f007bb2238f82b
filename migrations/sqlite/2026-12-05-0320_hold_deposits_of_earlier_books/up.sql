-- A deposit that comes in with a utility's earlier books is held since its own day, and earns on from where those paid interest.

ALTER TABLE deposits ADD COLUMN earned_until TEXT;
