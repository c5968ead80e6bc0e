-- The ledger of one station. docs/LEDGER.md explains it; 0003_guards.sql holds what is refused.
-- Every promise below also holds for a plain connection with default settings, such as the
-- sqlite3 program: nothing depends on foreign_keys or recursive_triggers being on.

PRAGMA application_id = 0x56504231; -- "VPB1": this file is a village points bank

CREATE TABLE kind(
  -- What can stand in the log, and what each kind must look like. Fixed by the schema.
  name     TEXT NOT NULL PRIMARY KEY,
  phase    TEXT NOT NULL CHECK(phase IN ('single', 'hold', 'post', 'void')), -- how its legs touch balances
  legs     INTEGER NOT NULL CHECK(legs IN (0, 1)),     -- 1: moves something, 0: an event without legs
  pends    INTEGER NOT NULL CHECK(pends IN (0, 1)),    -- 1: settles a hold
  reverses INTEGER NOT NULL CHECK(reverses IN (0, 1)), -- 1: mirrors an earlier operation
  approver INTEGER NOT NULL CHECK(approver IN (0, 1))  -- 1: needs a second person
) STRICT, WITHOUT ROWID;

INSERT INTO kind(name, phase, legs, pends, reverses, approver) VALUES
  ('boot',            'single', 0, 0, 0, 0),
  ('clock-fault',     'single', 0, 0, 0, 0),
  ('refusal',         'single', 0, 0, 0, 0),
  ('account-opened',  'single', 0, 0, 0, 0),
  ('card-issued',     'single', 0, 0, 0, 0),
  ('card-blocked',    'single', 0, 0, 0, 0),
  ('staff-set',       'single', 0, 0, 0, 0),
  ('sign-in',         'single', 0, 0, 0, 0),
  ('sign-in-refused', 'single', 0, 0, 0, 0),
  ('budget-in',       'single', 1, 0, 0, 0),
  ('stock-in',        'single', 1, 0, 0, 0),
  ('points-in',       'single', 1, 0, 0, 0),
  ('hold',            'hold',   1, 0, 0, 0),
  ('post',            'post',   1, 1, 0, 1),
  ('void',            'void',   1, 1, 0, 0),
  ('reversal',        'single', 1, 0, 1, 0);

CREATE TABLE unit(
  -- What is counted. 1 is points; every reward is its own unit, so stock is an account like any other.
  id   INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK(code = 'POINTS' OR code GLOB 'I-?*')
) STRICT;

INSERT INTO unit(id, code) VALUES (1, 'POINTS');

CREATE TABLE account(
  -- Who can give and receive. Names are pseudonyms: R- and 16 hex digits is a resident.
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE CHECK(length(name) BETWEEN 1 AND 24),
  kind    TEXT NOT NULL CHECK(kind IN
            ('resident', 'stock', 'budget', 'partner', 'delivered', 'hq', 'supplier')),
  floored INTEGER NOT NULL CHECK(floored = (kind IN ('resident', 'stock', 'budget'))) -- 1: never below zero
) STRICT;

INSERT INTO account(name, kind, floored) VALUES
  ('STOCK', 'stock', 1), ('BUDGET', 'budget', 1), ('DELIVERED', 'delivered', 0),
  ('HQ', 'hq', 0), ('SUPPLIER', 'supplier', 0);

CREATE TABLE operation(
  -- The log. Its order is seq; the wall clock is a remark.
  seq      INTEGER PRIMARY KEY CHECK(seq > 0),                 -- 1, 2, 3 … without gaps
  op_id    BLOB NOT NULL UNIQUE CHECK(length(op_id) = 16),     -- idempotency key
  kind     TEXT NOT NULL REFERENCES kind(name),
  actor    TEXT NOT NULL CHECK(length(actor) BETWEEN 1 AND 24),
  approver TEXT CHECK(approver <> actor),
  pends    INTEGER REFERENCES operation(seq),                  -- the hold that this posts or voids
  reverses INTEGER REFERENCES operation(seq),                  -- the operation that this mirrors
  wall_ms  INTEGER NOT NULL,                                   -- milliseconds since 1970, by a clock that may be wrong
  boot     BLOB NOT NULL CHECK(length(boot) = 16),             -- one start of the program
  mono_ms  INTEGER NOT NULL,                                   -- milliseconds since that start
  nlegs    INTEGER NOT NULL CHECK(nlegs BETWEEN 0 AND 99999),  -- how many rows of transfer belong to it
  body     TEXT NOT NULL CHECK(length(body) <= 65536),         -- canonical JSON; says all of the above
  prev     TEXT NOT NULL CHECK(length(prev) = 64 AND prev NOT GLOB '*[^0-9a-f]*'), -- hash of seq - 1
  hash     TEXT NOT NULL UNIQUE CHECK(length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'), -- sha256(prev || body)
  last_leg INTEGER GENERATED ALWAYS AS (CASE WHEN nlegs > 0 THEN nlegs END) VIRTUAL,
  -- At COMMIT the last leg must be there, so a half-written operation cannot be committed.
  FOREIGN KEY(seq, last_leg) REFERENCES transfer(seq, n) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX operation_pends ON operation(pends) WHERE pends IS NOT NULL;
CREATE UNIQUE INDEX operation_reverses ON operation(reverses) WHERE reverses IS NOT NULL;

CREATE TABLE transfer(
  -- The legs of an operation: amount of unit from debit to credit.
  seq    INTEGER NOT NULL REFERENCES operation(seq),
  n      INTEGER NOT NULL CHECK(n BETWEEN 1 AND 99999),        -- 1, 2 … within the operation
  phase  TEXT NOT NULL CHECK(phase IN ('single', 'hold', 'post', 'void')),
  unit   INTEGER NOT NULL REFERENCES unit(id),
  bucket INTEGER NOT NULL CHECK(bucket >= 0),                  -- expiry period YYYYMM, 0 never
  debit  INTEGER NOT NULL REFERENCES account(id),              -- gives
  credit INTEGER NOT NULL REFERENCES account(id),              -- receives
  amount INTEGER NOT NULL CHECK(amount > 0 AND amount <= 1000000000),
  PRIMARY KEY(seq, n),
  CONSTRAINT to_another_account CHECK(debit <> credit)
) STRICT, WITHOUT ROWID;

-- A resident's passbook; goods need no index, they are found through the operation.
CREATE INDEX transfer_debit ON transfer(debit, seq) WHERE unit = 1;
CREATE INDEX transfer_credit ON transfer(credit, seq) WHERE unit = 1;

CREATE TABLE balance(
  -- Sums of transfer, kept by trigger. Free to spend: credits - debits - held.
  account INTEGER NOT NULL REFERENCES account(id),
  unit    INTEGER NOT NULL REFERENCES unit(id),
  bucket  INTEGER NOT NULL,
  floored INTEGER NOT NULL,                                    -- copied from account
  debits  INTEGER NOT NULL DEFAULT 0 CHECK(debits >= 0),
  credits INTEGER NOT NULL DEFAULT 0 CHECK(credits >= 0),
  held    INTEGER NOT NULL DEFAULT 0 CHECK(held >= 0),         -- reserved by open holds
  touched INTEGER NOT NULL DEFAULT 0,                          -- seq * 100000 + n of the last leg counted
  PRIMARY KEY(account, unit, bucket),
  CONSTRAINT no_overdraft CHECK(floored = 0 OR credits - debits - held >= 0)
) STRICT, WITHOUT ROWID;

-- Finds the accounts with open holds without reading the whole log.
CREATE INDEX balance_held ON balance(account) WHERE unit = 1 AND held > 0;
