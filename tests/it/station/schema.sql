CREATE INDEX card_account ON card(account);

CREATE INDEX operation_about ON operation(about, kind, seq, day, n) WHERE about IS NOT NULL;

CREATE INDEX operation_day ON operation(kind, day, n) WHERE day IS NOT NULL;

CREATE INDEX operation_doubted ON operation(seq) WHERE clock = 'doubted' AND nlegs > 0;

CREATE INDEX operation_kind ON operation(kind, seq, n);

CREATE UNIQUE INDEX operation_pends ON operation(pends) WHERE pends IS NOT NULL;

CREATE UNIQUE INDEX operation_reverses ON operation(reverses) WHERE reverses IS NOT NULL;

CREATE INDEX operation_who ON operation(who, kind, about, day, n) WHERE who IS NOT NULL;

CREATE INDEX resident_name ON resident(name);

CREATE INDEX transfer_credit ON transfer(credit, seq) WHERE unit = 1;

CREATE INDEX transfer_debit ON transfer(debit, seq) WHERE unit = 1;

CREATE TABLE account(
  -- Who can give and receive. Names are pseudonyms: R- and 16 hex digits is a resident, a family or
  -- a collective. The bank has one account of every other kind but partners, named like the kind.
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE CHECK(length(name) BETWEEN 1 AND 24),
  kind    TEXT NOT NULL REFERENCES account_kind(name),
  floored INTEGER NOT NULL                                    -- that of its kind
) STRICT;

CREATE TABLE account_kind(
  -- What an account can stand for. Fixed by the schema.
  name    TEXT NOT NULL PRIMARY KEY,
  floored INTEGER NOT NULL CHECK(floored IN (0, 1))     -- 1: its accounts never go below zero
) STRICT, WITHOUT ROWID;

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

CREATE TABLE card(
  -- Keyed hashes only: HMAC-SHA-256 of the number with keys/card.key. A stolen file names no card.
  hash    BLOB NOT NULL PRIMARY KEY CHECK(length(hash) = 32),
  account INTEGER NOT NULL REFERENCES account(id),
  kind    TEXT NOT NULL CHECK(kind IN ('card', 'alias', 'code')),
  blocked INTEGER NOT NULL DEFAULT 0 CHECK(blocked IN (0, 1)),
  seq     INTEGER NOT NULL REFERENCES operation(seq)            -- the operation that issued it
) STRICT, WITHOUT ROWID;

CREATE TABLE finder(
  -- How people are found without their card: the first letters of a name's syllables as the digits of a telephone's keys.
  keys    TEXT NOT NULL CHECK(length(keys) BETWEEN 1 AND 40 AND keys NOT GLOB '*[^2-9]*'),
  account INTEGER NOT NULL REFERENCES resident(account),
  PRIMARY KEY(keys, account)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE open_hold(
  -- The holds that are neither posted nor voided, kept by trigger.
  seq INTEGER PRIMARY KEY REFERENCES operation(seq)
) STRICT;

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

CREATE TABLE pin_guard(
  -- The last wrong PIN by three clocks, so that a restart or a wrong wall clock does not give tries back.
  staff    TEXT NOT NULL REFERENCES staff(id),
  shown    TEXT NOT NULL CHECK(shown IN ('badge', 'number')),
  failures INTEGER NOT NULL CHECK(failures >= 0),               -- in a row, for the wait
  today    INTEGER NOT NULL CHECK(today >= 0),                  -- on the day of the last one, for the cap
  ever     INTEGER NOT NULL CHECK(ever >= 0),                   -- never set back, for the colleagues
  boot     BLOB NOT NULL CHECK(length(boot) = 16),
  mono_ms  INTEGER NOT NULL,
  wall_ms  INTEGER NOT NULL,
  PRIMARY KEY(staff, shown)
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_told(
  -- Of how many wrong PINs on a colleague's badge somebody has read at the desk.
  reader   TEXT NOT NULL REFERENCES staff(id),
  staff    TEXT NOT NULL REFERENCES staff(id),
  ever     INTEGER NOT NULL CHECK(ever >= 0),
  PRIMARY KEY(reader, staff)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference(
  -- How a resident likes the screen, kept because they wished it: personal and worth no points.
  account INTEGER PRIMARY KEY REFERENCES resident(account),
  lang    TEXT NOT NULL CHECK(lang IN ('zh', 'en')),
  theme   TEXT NOT NULL CHECK(theme IN ('light', 'contrast')),
  balance TEXT NOT NULL DEFAULT 'shown' CHECK(balance IN ('shown', 'covered')) -- covered until it is asked for
) STRICT;

CREATE TABLE resident(
  account      INTEGER PRIMARY KEY REFERENCES account(id),
  name         TEXT NOT NULL CHECK(length(name) BETWEEN 1 AND 40),
  holder       TEXT NOT NULL CHECK(holder IN ('individual', 'unit', 'collective', 'family')),
  member_group TEXT NOT NULL CHECK(member_group IN
                 ('party-member', 'street-chief', 'villager', 'minor', 'social-unit')),
  birth_year   INTEGER CHECK(birth_year BETWEEN 1880 AND 2100),
  household    TEXT CHECK(length(household) BETWEEN 1 AND 12),  -- who lives together: nobody signs for the own household
  number       INTEGER NOT NULL UNIQUE CHECK(number > 0)        -- of the account at this station: 1, 2, 3 …
) STRICT;

CREATE TABLE staff(
  id       TEXT NOT NULL PRIMARY KEY CHECK(length(id) BETWEEN 1 AND 12),
  name     TEXT NOT NULL,
  role     TEXT NOT NULL CHECK(role IN ('attendant', 'manager', 'technician')),
  account  TEXT,                                                -- name of their own account as a resident
  badge    BLOB UNIQUE CHECK(length(badge) = 32),               -- keyed hash, as in card
  pin_hash TEXT NOT NULL,                                       -- argon2id, PHC string
  active   INTEGER NOT NULL DEFAULT 1 CHECK(active IN (0, 1))   -- 0: no longer in the config
) STRICT, WITHOUT ROWID;

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

CREATE TABLE unit(
  -- What is counted. 1 is points; every reward is its own unit, so stock is an account like any other.
  id   INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK(code = 'POINTS' OR code GLOB 'I-?*')
) STRICT;

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

CREATE TRIGGER account_delete BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'account: append-only'); END;

CREATE TRIGGER account_insert BEFORE INSERT ON account BEGIN
  SELECT RAISE(ABORT, 'account: exists')
    WHERE EXISTS(SELECT 1 FROM account WHERE id = NEW.id OR name = NEW.name);
  SELECT RAISE(ABORT, 'account: floored is not that of its kind')
    WHERE NEW.floored IS NOT (SELECT floored FROM account_kind WHERE name = NEW.kind);
  SELECT RAISE(ABORT, 'account: the bank has one of that kind')
    WHERE EXISTS(SELECT 1 FROM account WHERE name = upper(NEW.kind));
END;

CREATE TRIGGER account_kind_delete BEFORE DELETE ON account_kind BEGIN SELECT RAISE(ABORT, 'account_kind: fixed by the schema'); END;

CREATE TRIGGER account_kind_insert BEFORE INSERT ON account_kind BEGIN SELECT RAISE(ABORT, 'account_kind: fixed by the schema'); END;

CREATE TRIGGER account_kind_update BEFORE UPDATE ON account_kind BEGIN SELECT RAISE(ABORT, 'account_kind: fixed by the schema'); END;

CREATE TRIGGER account_update BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'account: append-only'); END;

CREATE TRIGGER balance_delete BEFORE DELETE ON balance BEGIN SELECT RAISE(ABORT, 'balance: kept by transfers'); END;

CREATE TRIGGER balance_insert BEFORE INSERT ON balance BEGIN
  SELECT RAISE(ABORT, 'balance: begins with zeros')
    WHERE (NEW.debits, NEW.credits, NEW.held, NEW.touched) IS NOT (0, 0, 0, 0)
       OR NEW.floored IS NOT (SELECT floored FROM account WHERE id = NEW.account)
       OR NOT EXISTS(SELECT 1 FROM unit WHERE id = NEW.unit);
  SELECT RAISE(ABORT, 'balance: exists')
    WHERE EXISTS(SELECT 1 FROM balance
      WHERE account = NEW.account AND unit = NEW.unit AND bucket = NEW.bucket);
END;

CREATE TRIGGER balance_update BEFORE UPDATE ON balance BEGIN
  SELECT RAISE(ABORT, 'balance: changes only by a transfer')
    WHERE NOT EXISTS(SELECT 1 FROM (SELECT * FROM transfer ORDER BY seq DESC, n DESC LIMIT 1) t
      WHERE (NEW.account, NEW.unit, NEW.bucket, NEW.floored) IS (OLD.account, OLD.unit, OLD.bucket, OLD.floored)
        AND OLD.account IN (t.debit, t.credit) AND OLD.unit = t.unit AND OLD.bucket = t.bucket
        AND OLD.touched < NEW.touched AND NEW.touched = t.seq * 100000 + t.n
        AND NEW.debits - OLD.debits
          = iif(OLD.account = t.debit AND t.phase IN ('single', 'post'), t.amount, 0)
        AND NEW.credits - OLD.credits
          = iif(OLD.account = t.credit AND t.phase IN ('single', 'post'), t.amount, 0)
        AND NEW.held - OLD.held = iif(OLD.account = t.debit,
          CASE t.phase WHEN 'hold' THEN t.amount WHEN 'single' THEN 0 ELSE -t.amount END, 0));
END;

CREATE TRIGGER kind_delete BEFORE DELETE ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;

CREATE TRIGGER kind_insert BEFORE INSERT ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;

CREATE TRIGGER kind_update BEFORE UPDATE ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;

CREATE TRIGGER open_hold_delete BEFORE DELETE ON open_hold
  WHEN NOT EXISTS(SELECT 1 FROM operation WHERE pends = OLD.seq)
  BEGIN SELECT RAISE(ABORT, 'open_hold: kept by holds'); END;

CREATE TRIGGER open_hold_insert BEFORE INSERT ON open_hold BEGIN
  SELECT RAISE(ABORT, 'open_hold: kept by holds')
    WHERE NOT EXISTS(SELECT 1 FROM operation o JOIN kind k ON k.name = o.kind
        WHERE o.seq = NEW.seq AND k.phase = 'hold' AND o.seq = (SELECT max(seq) FROM operation))
      OR EXISTS(SELECT 1 FROM open_hold WHERE seq = NEW.seq);
END;

CREATE TRIGGER open_hold_update BEFORE UPDATE ON open_hold BEGIN SELECT RAISE(ABORT, 'open_hold: kept by holds'); END;

CREATE TRIGGER operation_delete BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'operation: append-only'); END;

CREATE TRIGGER operation_holds AFTER INSERT ON operation BEGIN
  INSERT INTO open_hold(seq) SELECT NEW.seq FROM kind WHERE name = NEW.kind AND phase = 'hold';
  DELETE FROM open_hold WHERE seq = NEW.pends;
END;

CREATE TRIGGER operation_insert BEFORE INSERT ON operation BEGIN
  SELECT RAISE(ABORT, 'operation: seq is not the next one')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM operation);
  SELECT RAISE(ABORT, 'operation: prev is not the last hash')
    WHERE NEW.prev IS NOT coalesce((SELECT hash FROM operation WHERE seq = NEW.seq - 1),
      '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE(ABORT, 'operation: the one before lacks legs')
    WHERE (SELECT nlegs FROM operation WHERE seq = NEW.seq - 1)
       <> (SELECT count(*) FROM transfer WHERE seq = NEW.seq - 1);
  SELECT RAISE(ABORT, 'operation: op_id is taken')
    WHERE EXISTS(SELECT 1 FROM operation WHERE op_id = NEW.op_id);
  SELECT RAISE(ABORT, 'operation: hash is taken')
    WHERE EXISTS(SELECT 1 FROM operation WHERE hash = NEW.hash);

  -- Its kind.
  SELECT RAISE(ABORT, 'operation: unknown kind')
    WHERE NOT EXISTS(SELECT 1 FROM kind WHERE name = NEW.kind);
  SELECT RAISE(ABORT, 'operation: not what its kind must look like')
    WHERE NOT EXISTS(SELECT 1 FROM kind k WHERE k.name = NEW.kind
      AND k.legs IN (2, NEW.nlegs > 0) AND k.pends = (NEW.pends IS NOT NULL)
      AND k.reverses = (NEW.reverses IS NOT NULL)
      AND (k.signed = 'may' OR (k.signed IN ('approver', 'both')) = (NEW.approver IS NOT NULL)));

  -- Who signed.
  SELECT RAISE(ABORT, 'operation: approver and actor are one person')
    WHERE NEW.approver = NEW.actor;
  SELECT RAISE(ABORT, 'operation: not signed by staff')
    WHERE EXISTS(SELECT 1 FROM kind k WHERE k.name = NEW.kind AND (
      k.signed IN ('actor', 'both', 'may')
        AND NOT EXISTS(SELECT 1 FROM staff WHERE id = NEW.actor AND active = 1)
      OR NEW.approver IS NOT NULL
        AND NOT EXISTS(SELECT 1 FROM staff WHERE id = NEW.approver AND active = 1)));
  SELECT RAISE(ABORT, 'operation: staff may not sign for their own account')
    WHERE EXISTS(SELECT 1 FROM staff s WHERE s.id IN (NEW.actor, NEW.approver) AND (
      s.account IN (NEW.actor, NEW.who)
      OR EXISTS(SELECT 1 FROM operation o WHERE o.seq IN (NEW.pends, NEW.reverses)
        AND s.account IN (o.actor, o.who))));

  -- The hold that it settles.
  SELECT RAISE(ABORT, 'operation: the hold is already settled')
    WHERE EXISTS(SELECT 1 FROM operation WHERE pends = NEW.pends);
  SELECT RAISE(ABORT, 'operation: only a hold can be posted or voided')
    WHERE NEW.pends IS NOT NULL AND NOT EXISTS(SELECT 1 FROM operation o JOIN kind k ON k.name = o.kind
      WHERE o.seq = NEW.pends AND k.phase = 'hold');
  SELECT RAISE(ABORT, 'operation: not as many legs as the hold')
    WHERE NEW.pends IS NOT NULL
      AND NEW.nlegs IS NOT (SELECT nlegs FROM operation WHERE seq = NEW.pends);
  SELECT RAISE(ABORT, 'operation: what an approver settles is for the holder')
    WHERE NEW.pends IS NOT NULL AND NEW.actor IS NOT (SELECT actor FROM operation WHERE seq = NEW.pends)
      AND (SELECT signed FROM kind WHERE name = NEW.kind) = 'approver';

  -- What it undoes: with legs by their mirror, without legs by an operation that has none either.
  SELECT RAISE(ABORT, 'operation: already reversed')
    WHERE EXISTS(SELECT 1 FROM operation WHERE reverses = NEW.reverses);
  SELECT RAISE(ABORT, 'operation: cannot be reversed')
    WHERE NEW.reverses IS NOT NULL AND NOT EXISTS(
      SELECT 1 FROM operation o JOIN kind k ON k.name = o.kind
      WHERE o.seq = NEW.reverses AND k.undo = 1 AND o.nlegs = NEW.nlegs);

  -- Its body, in one comparison: there is one way to write it, with sorted keys and no spaces,
  -- absent keys left out.
  SELECT RAISE(ABORT, 'operation: body is not JSON') WHERE NOT json_valid(NEW.body);
  SELECT RAISE(ABORT, 'operation: body does not agree with its columns')
    WHERE json(NEW.body) IS NOT NEW.body
       OR json_array_length(NEW.body, '$.legs') IS NOT NEW.nlegs
       OR json_type(NEW.body, '$.what') IS NOT 'object'
       OR json_remove(NEW.body, '$.legs', '$.what') IS NOT json_patch('{}', json_object(
            'actor', NEW.actor, 'approver', NEW.approver, 'boot', lower(hex(NEW.boot)),
            'clock', NEW.clock, 'kind', NEW.kind, 'mono', NEW.mono_ms, 'op', lower(hex(NEW.op_id)),
            'pends', NEW.pends, 'reverses', NEW.reverses, 'seq', NEW.seq,
            'trusted', NEW.trusted, 'v', 1, 'wall', NEW.wall_ms));
  SELECT RAISE(ABORT, 'operation: trusted is not what the one before goes by')
    WHERE NEW.trusted IS NOT (SELECT coalesce(trusted, seq) FROM operation WHERE seq = NEW.seq - 1)
      AND NEW.trusted IS NOT NULL;
  SELECT RAISE(ABORT, 'operation: about, who, day or n is not what it must be')
    WHERE json_type(NEW.body, '$.what.about') NOT IN ('text', 'integer')
       OR json_type(NEW.body, '$.what.who') <> 'text'
       OR json_type(NEW.body, '$.what.day') IS NOT NULL AND NEW.day IS NOT date(NEW.day)
       OR json_type(NEW.body, '$.what.n') <> 'integer';

  -- What passes through AID: only what takes it out may follow.
  SELECT RAISE(ABORT, 'operation: AID is not empty')
    WHERE EXISTS(SELECT 1 FROM balance WHERE account = 6 AND credits <> debits)
      AND NOT EXISTS(SELECT 1 FROM way WHERE kind = NEW.kind AND debit_kind = 'aid')
      AND NOT EXISTS(SELECT 1 FROM transfer WHERE seq = NEW.reverses AND credit = 6);
END;

CREATE TRIGGER operation_once BEFORE INSERT ON operation
  WHEN (SELECT once FROM kind WHERE name = NEW.kind) <> '' BEGIN
  SELECT RAISE(ABORT, 'operation: lacks its natural key')
    WHERE EXISTS(SELECT 1 FROM kind k WHERE k.name = NEW.kind AND (
      NEW.about IS NULL AND k.once IN ('about', 'about-who', 'about-who-day')
      OR NEW.who IS NULL AND k.once NOT IN ('', 'about')
      OR NEW.day IS NULL AND k.once IN ('about-who-day', 'who-day')));
  SELECT RAISE(ABORT, 'operation: stands already')
    WHERE (SELECT once FROM kind WHERE name = NEW.kind) = 'about' AND EXISTS(
      SELECT 1 FROM operation o WHERE o.about = NEW.about AND o.kind = NEW.kind
        AND NOT EXISTS(SELECT 1 FROM undone u WHERE u.seq = o.seq));
  SELECT RAISE(ABORT, 'operation: stands already')
    WHERE (SELECT once FROM kind WHERE name = NEW.kind) IN ('who', 'who-day') AND EXISTS(
      SELECT 1 FROM operation o WHERE o.who = NEW.who AND o.kind = NEW.kind
        AND (o.day = NEW.day OR (SELECT once FROM kind WHERE name = NEW.kind) = 'who')
        AND NOT EXISTS(SELECT 1 FROM undone u WHERE u.seq = o.seq));
  SELECT RAISE(ABORT, 'operation: stands already')
    WHERE (SELECT once FROM kind WHERE name = NEW.kind) IN ('about-who', 'about-who-day') AND EXISTS(
      SELECT 1 FROM operation o WHERE o.who = NEW.who AND o.kind = NEW.kind AND o.about = NEW.about
        AND (o.day = NEW.day OR (SELECT once FROM kind WHERE name = NEW.kind) = 'about-who')
        AND NOT EXISTS(SELECT 1 FROM undone u WHERE u.seq = o.seq));
END;

CREATE TRIGGER operation_update BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'operation: append-only'); END;

CREATE TRIGGER transfer_counts AFTER INSERT ON transfer BEGIN
  INSERT INTO balance(account, unit, bucket, floored)
    SELECT a.id, NEW.unit, NEW.bucket, a.floored FROM account a
    WHERE a.id IN (NEW.debit, NEW.credit) AND NOT EXISTS(SELECT 1 FROM balance b
      WHERE b.account = a.id AND b.unit = NEW.unit AND b.bucket = NEW.bucket);
  UPDATE balance SET
      debits = debits + iif(NEW.phase IN ('single', 'post'), NEW.amount, 0),
      held = held + CASE NEW.phase WHEN 'hold' THEN NEW.amount WHEN 'single' THEN 0 ELSE -NEW.amount END,
      touched = NEW.seq * 100000 + NEW.n
    WHERE account = NEW.debit AND unit = NEW.unit AND bucket = NEW.bucket;
  UPDATE balance SET
      credits = credits + iif(NEW.phase IN ('single', 'post'), NEW.amount, 0),
      touched = NEW.seq * 100000 + NEW.n
    WHERE account = NEW.credit AND unit = NEW.unit AND bucket = NEW.bucket;
  -- INSERT OR IGNORE would let the two updates above fail in silence.
  SELECT RAISE(ABORT, 'transfer: no_overdraft')
    WHERE 2 <> (SELECT count(*) FROM balance WHERE account IN (NEW.debit, NEW.credit)
      AND unit = NEW.unit AND bucket = NEW.bucket AND touched = NEW.seq * 100000 + NEW.n);
END;

CREATE TRIGGER transfer_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer: append-only'); END;

CREATE TRIGGER transfer_insert BEFORE INSERT ON transfer BEGIN
  SELECT RAISE(ABORT, 'transfer: only the newest operation takes legs')
    WHERE NEW.seq IS NOT (SELECT max(seq) FROM operation);
  SELECT RAISE(ABORT, 'transfer: n is not the next one')
    WHERE NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM transfer WHERE seq = NEW.seq);
  SELECT RAISE(ABORT, 'transfer: more legs than the operation has')
    WHERE NEW.n > (SELECT nlegs FROM operation WHERE seq = NEW.seq);
  SELECT RAISE(ABORT, 'transfer: phase is not that of the kind')
    WHERE NEW.phase IS NOT (SELECT k.phase FROM operation o JOIN kind k ON k.name = o.kind
      WHERE o.seq = NEW.seq);
  SELECT RAISE(ABORT, 'transfer: unknown account or unit')
    WHERE NOT EXISTS(SELECT 1 FROM unit WHERE id = NEW.unit)
       OR (SELECT count(*) FROM account WHERE id IN (NEW.debit, NEW.credit)) < 2 AND NEW.debit IS NOT NEW.credit;
  SELECT RAISE(ABORT, 'transfer: not the leg in the body')
    WHERE NOT EXISTS(SELECT 1 FROM operation o, unit u, account d, account c
      WHERE o.seq = NEW.seq AND u.id = NEW.unit AND d.id = NEW.debit AND c.id = NEW.credit
        AND json_extract(o.body, '$.legs[' || (NEW.n - 1) || ']') = json_object(
          'amount', NEW.amount, 'bucket', NEW.bucket, 'credit', c.name, 'debit', d.name,
          'phase', NEW.phase, 'unit', u.code));

  -- Its pair, and who signed for it.
  SELECT RAISE(ABORT, 'transfer: not the leg of the hold')
    WHERE NEW.phase IN ('post', 'void') AND NOT EXISTS(
      SELECT 1 FROM operation o JOIN transfer h ON h.seq = o.pends AND h.n = NEW.n
      WHERE o.seq = NEW.seq AND h.phase = 'hold' AND h.unit = NEW.unit AND h.bucket = NEW.bucket
        AND h.debit = NEW.debit AND h.credit = NEW.credit AND h.amount = NEW.amount);
  SELECT RAISE(ABORT, 'transfer: not the mirror of the reversed leg')
    WHERE (SELECT reverses FROM operation WHERE seq = NEW.seq) IS NOT NULL AND NOT EXISTS(
      SELECT 1 FROM operation o JOIN transfer t ON t.seq = o.reverses AND t.n = NEW.n
      WHERE o.seq = NEW.seq AND t.unit = NEW.unit AND t.bucket = NEW.bucket
        AND t.debit = NEW.credit AND t.credit = NEW.debit AND t.amount = NEW.amount);
  SELECT RAISE(ABORT, 'transfer: staff may not sign for their own account')
    WHERE EXISTS(SELECT 1 FROM operation o JOIN staff s ON s.id IN (o.actor, o.approver)
        JOIN account a ON a.name = s.account
      WHERE o.seq = NEW.seq AND a.id IN (NEW.debit, NEW.credit));

  -- Its way.
  SELECT RAISE(ABORT, 'transfer: not a way that this kind may take')
    WHERE NEW.debit IS NOT NEW.credit AND NOT EXISTS(
      SELECT 1 FROM operation o JOIN kind k ON k.name = o.kind
      WHERE o.seq = NEW.seq AND (k.pends = 1 OR k.reverses = 1))
    AND NOT EXISTS(
      SELECT 1 FROM operation o, account d, account c, way w
      WHERE o.seq = NEW.seq AND d.id = NEW.debit AND c.id = NEW.credit
        AND w.kind = o.kind AND w.unit_class = iif(NEW.unit = 1, 'points', 'goods')
        AND w.debit_kind = d.kind AND w.credit_kind = c.kind
        AND (w.tie = '' OR d.name = o.actor OR EXISTS(
          SELECT 1 FROM operation a WHERE a.about = lower(hex(o.op_id)) AND a.kind = 'consent'
            AND a.actor = d.name AND a.seq < o.seq
            AND NOT EXISTS(SELECT 1 FROM undone u WHERE u.seq = a.seq))));
END;

CREATE TRIGGER transfer_update BEFORE UPDATE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer: append-only'); END;

CREATE TRIGGER unit_delete BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'unit: append-only'); END;

CREATE TRIGGER unit_insert BEFORE INSERT ON unit
  WHEN EXISTS(SELECT 1 FROM unit WHERE id = NEW.id OR code = NEW.code)
  BEGIN SELECT RAISE(ABORT, 'unit: exists'); END;

CREATE TRIGGER unit_update BEFORE UPDATE ON unit BEGIN SELECT RAISE(ABORT, 'unit: append-only'); END;

CREATE TRIGGER way_delete BEFORE DELETE ON way BEGIN SELECT RAISE(ABORT, 'way: fixed by the schema'); END;

CREATE TRIGGER way_insert BEFORE INSERT ON way BEGIN SELECT RAISE(ABORT, 'way: fixed by the schema'); END;

CREATE TRIGGER way_update BEFORE UPDATE ON way BEGIN SELECT RAISE(ABORT, 'way: fixed by the schema'); END;

CREATE VIEW undone(seq) AS
  SELECT reverses FROM operation WHERE reverses IS NOT NULL
  UNION ALL
  SELECT s.pends FROM operation s
   WHERE s.pends IS NOT NULL
     AND ((SELECT phase FROM kind WHERE name = s.kind) = 'void'
       OR EXISTS(SELECT 1 FROM operation r WHERE r.reverses = s.seq));

