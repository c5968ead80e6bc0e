-- Exports are operations of the log: a bundle that was written, and how far the town has read.

DROP TRIGGER kind_insert;
INSERT INTO kind(name, phase, legs, pends, reverses, approver) VALUES
  ('bundle-written',      'single', 0, 0, 0, 0),
  ('bundle-acknowledged', 'single', 0, 0, 0, 0);
CREATE TRIGGER kind_insert BEFORE INSERT ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;

-- The newest of either is looked up at every start; among a million operations there are few of them.
CREATE INDEX operation_export ON operation(kind, seq)
  WHERE kind = 'bundle-written' OR kind = 'bundle-acknowledged';
