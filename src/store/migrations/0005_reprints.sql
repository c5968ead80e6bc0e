-- A reprint of a receipt is an operation of the log, so that copies can be counted.

DROP TRIGGER kind_insert;
INSERT INTO kind(name, phase, legs, pends, reverses, approver) VALUES
  ('reprint', 'single', 0, 0, 0, 0);
CREATE TRIGGER kind_insert BEFORE INSERT ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;

-- The copies of a receipt are counted whenever one is asked for; among a million operations there are few.
CREATE INDEX operation_reprint ON operation(kind, seq) WHERE kind = 'reprint';
