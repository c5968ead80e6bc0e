-- The ledger of one station. docs/LEDGER.md explains it; guards.sql holds what is refused,
-- kinds.sql the tables that the guards read.
-- Every promise also holds for a plain connection with default settings, such as the
-- sqlite3 program: nothing depends on foreign_keys or recursive_triggers being on.

PRAGMA application_id = 0x56504231; -- "VPB1": this file is a village points bank

CREATE TABLE unit(
  -- What is counted. 1 is points; every reward is its own unit, so stock is an account like any other.
  id   INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK(code = 'POINTS' OR code GLOB 'I-?*')
) STRICT;

INSERT INTO unit(id, code) VALUES (1, 'POINTS');

CREATE TABLE account(
  -- Who can give and receive. Names are pseudonyms: R- and 16 hex digits is a resident, a family or
  -- a collective. The bank has one account of every other kind but partners, named like the kind.
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE CHECK(length(name) BETWEEN 1 AND 24),
  kind    TEXT NOT NULL REFERENCES account_kind(name),
  floored INTEGER NOT NULL                                    -- that of its kind
) STRICT;

INSERT INTO account(id, name, kind, floored) VALUES
  (1, 'STOCK',     'stock',     1),
  (2, 'BUDGET',    'budget',    1),
  (3, 'DELIVERED', 'delivered', 0),
  (4, 'HQ',        'hq',        0),
  (5, 'SUPPLIER',  'supplier',  0),
  (6, 'AID',       'aid',       1),
  (7, 'EXPIRED',   'expired',   0),
  (8, 'ADJUST',    'adjust',    0);

CREATE TABLE operation(
  -- The log. Its order is seq; the wall clock is a remark.
  seq      INTEGER PRIMARY KEY CHECK(seq > 0),                 -- 1, 2, 3 … without gaps
  op_id    BLOB NOT NULL UNIQUE CHECK(length(op_id) = 16),     -- idempotency key
  kind     TEXT NOT NULL REFERENCES kind(name),
  actor    TEXT NOT NULL CHECK(length(actor) BETWEEN 1 AND 24),
  approver TEXT CHECK(approver <> actor),
  pends    INTEGER REFERENCES operation(seq),                  -- the hold that this posts or voids
  reverses INTEGER REFERENCES operation(seq),                  -- the operation that this undoes
  wall_ms  INTEGER NOT NULL,                                   -- milliseconds since 1970, by a clock that may be wrong
  boot     BLOB NOT NULL CHECK(length(boot) = 16),             -- one start of the program
  mono_ms  INTEGER NOT NULL,                                   -- milliseconds since that start
  nlegs    INTEGER NOT NULL CHECK(nlegs BETWEEN 0 AND 99999),  -- how many rows of transfer belong to it
  body     TEXT NOT NULL CHECK(length(body) <= 65536),         -- canonical JSON; says all of the above
  prev     TEXT NOT NULL CHECK(length(prev) = 64 AND prev NOT GLOB '*[^0-9a-f]*'), -- hash of seq - 1
  hash     TEXT NOT NULL UNIQUE CHECK(length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'), -- sha256(prev || body)
  last_leg INTEGER GENERATED ALWAYS AS (CASE WHEN nlegs > 0 THEN nlegs END) VIRTUAL,
  -- The words that bodies share, where they have them, so that every service is asked alike.
  about ANY GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.what.about') END) VIRTUAL, -- what it concerns: a code, a seq
  who  TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.what.who') END) VIRTUAL,   -- the account that it concerns
  day  TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.what.day') END) VIRTUAL,   -- the day of the deed, YYYY-MM-DD
  n INTEGER GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.what.n') END) VIRTUAL,     -- how many: pieces, times, minutes, marks
  -- The day is judged, not read off the clock.
  clock TEXT CHECK(clock = 'doubted')
    GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.clock') END) VIRTUAL,   -- the wall clock was known to be wrong
  trusted INTEGER CHECK(trusted < seq)
    GENERATED ALWAYS AS (CASE WHEN json_valid(body) THEN json_extract(body, '$.trusted') END) VIRTUAL, -- the operation by whose clock the day is judged, where not this one
  -- At COMMIT the last leg must be there, so a half-written operation cannot be committed.
  FOREIGN KEY(seq, last_leg) REFERENCES transfer(seq, n) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX operation_pends ON operation(pends) WHERE pends IS NOT NULL;
CREATE UNIQUE INDEX operation_reverses ON operation(reverses) WHERE reverses IS NOT NULL;

-- The newest of a kind, and its sums.
CREATE INDEX operation_kind ON operation(kind, seq, n);
-- What concerns one thing, in the order of the log.
CREATE INDEX operation_about ON operation(about, kind, seq, day, n) WHERE about IS NOT NULL;
-- What concerns one account: natural keys, and caps by rule and day.
CREATE INDEX operation_who ON operation(who, kind, about, day, n) WHERE who IS NOT NULL;
-- What somebody shall look at, because its clock was wrong.
CREATE INDEX operation_doubted ON operation(seq) WHERE clock = 'doubted' AND nlegs > 0;
-- What happened on some days.
CREATE INDEX operation_day ON operation(kind, day, n) WHERE day IS NOT NULL;

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
  -- At COMMIT account 6, AID, must be empty: what passes through it arrives, or does not leave.
  left_in_aid TEXT GENERATED ALWAYS AS (CASE WHEN account = 6 AND credits <> debits THEN 'not empty' END) VIRTUAL
    REFERENCES account_kind(name) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY(account, unit, bucket),
  CONSTRAINT no_overdraft CHECK(floored = 0 OR credits - debits - held >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE open_hold(
  -- The holds that are neither posted nor voided, kept by trigger.
  seq INTEGER PRIMARY KEY REFERENCES operation(seq)
) STRICT;

-- What no longer counts: what was reversed or annulled, and holds that were voided or whose post was reversed.
CREATE VIEW undone(seq) AS
  SELECT reverses FROM operation WHERE reverses IS NOT NULL
  UNION ALL
  SELECT s.pends FROM operation s
   WHERE s.pends IS NOT NULL
     AND ((SELECT phase FROM kind WHERE name = s.kind) = 'void'
       OR EXISTS(SELECT 1 FROM operation r WHERE r.reverses = s.seq));
