ALTER TABLE deposits DROP COLUMN earned_until;
