-- The tables that the guards read: what may stand in the log and what it may move. The rows of kind and way are those of
-- the operations of services (src/services) and of domain/kind.rs. Every start compares them with these.

CREATE TABLE account_kind(
  -- What an account can stand for. Fixed by the schema.
  name    TEXT NOT NULL PRIMARY KEY,
  floored INTEGER NOT NULL CHECK(floored IN (0, 1))     -- 1: its accounts never go below zero
) STRICT, WITHOUT ROWID;

INSERT INTO account_kind(name, floored) VALUES
  ('resident',  1), -- a depositor: a person, a family, a collective
  ('stock',     1), -- the goods in this station
  ('budget',    1), -- points that this station may still credit; only HQ fills it
  ('partner',   0), -- what a partner is owed for deliveries
  ('delivered', 0), -- what has been handed out
  ('hq',        0), -- where points come from and go back to
  ('supplier',  0), -- where goods come from
  ('aid',       1), -- points on their way between residents; empty after every finished transaction
  ('expired',   0), -- points that expired
  ('adjust',    0); -- goods that a count found or missed

CREATE TABLE kind(
  -- What can stand in the log, and what each kind must look like. Fixed by the schema.
  name     TEXT NOT NULL PRIMARY KEY,
  phase    TEXT NOT NULL CHECK(phase IN ('single', 'hold', 'post', 'void')), -- how its legs touch balances
  legs     INTEGER NOT NULL CHECK(legs IN (0, 1, 2)),   -- 0: an event without legs, 1: moves something, 2: either
  pends    INTEGER NOT NULL CHECK(pends IN (0, 1)),     -- 1: settles a hold
  reverses INTEGER NOT NULL CHECK(reverses IN (0, 1)),  -- 1: undoes an earlier operation
  undo     INTEGER NOT NULL CHECK(undo IN (0, 1)),      -- 1: can be undone
  -- Who must sign. none: nobody of the staff, and there is no approver. actor: the actor is active
  -- staff. approver: the approver is. both: both are, and are two people. may: the actor is, and an
  -- approver, where there is one, is active staff and another person.
  signed   TEXT NOT NULL CHECK(signed IN ('none', 'actor', 'approver', 'both', 'may')),
  -- The natural key: what of the body may stand only once in this kind, not counting what was undone.
  once     TEXT NOT NULL CHECK(once IN ('', 'about', 'about-who', 'about-who-day', 'who', 'who-day')),
  CHECK(pends = (phase IN ('post', 'void'))),
  CHECK(phase = 'single' OR legs = 1),
  CHECK(reverses = 0 OR (phase = 'single' AND undo = 0 AND legs < 2)),
  CHECK(undo = 0 OR phase IN ('single', 'post'))
) STRICT, WITHOUT ROWID;

CREATE TABLE way(
  -- From which account to which a kind may move points or goods. A settlement and a mirror need no
  -- way: they equal their hold, or what they undo. Fixed by the schema.
  kind        TEXT NOT NULL REFERENCES kind(name),
  unit_class  TEXT NOT NULL CHECK(unit_class IN ('points', 'goods')),
  debit_kind  TEXT NOT NULL REFERENCES account_kind(name),
  credit_kind TEXT NOT NULL REFERENCES account_kind(name),
  -- payer: the account that gives is the actor, or has consented before to this operation.
  tie         TEXT NOT NULL CHECK(tie IN ('', 'payer')),
  PRIMARY KEY(kind, unit_class, debit_kind, credit_kind)
) STRICT, WITHOUT ROWID;
