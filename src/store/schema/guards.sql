-- What the ledger refuses, whoever writes. Each refusal is one SELECT RAISE with its reason.
-- What a kind may do stands in the tables kind and way; nothing here asks for a kind by its name,
-- save for a consent, which is what one of the ties of a way means.
-- Uniqueness is asked for by hand as well, because INSERT OR REPLACE deletes without firing delete triggers.

-- SQLite does not say in which order several triggers of one table run; none here relies on another.
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

-- The natural key of a kind that has one. A trigger of its own, so that the others pay nothing for it.
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

CREATE TRIGGER operation_holds AFTER INSERT ON operation BEGIN
  INSERT INTO open_hold(seq) SELECT NEW.seq FROM kind WHERE name = NEW.kind AND phase = 'hold';
  DELETE FROM open_hold WHERE seq = NEW.pends;
END;

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

CREATE TRIGGER balance_insert BEFORE INSERT ON balance BEGIN
  SELECT RAISE(ABORT, 'balance: begins with zeros')
    WHERE (NEW.debits, NEW.credits, NEW.held, NEW.touched) IS NOT (0, 0, 0, 0)
       OR NEW.floored IS NOT (SELECT floored FROM account WHERE id = NEW.account)
       OR NOT EXISTS(SELECT 1 FROM unit WHERE id = NEW.unit);
  SELECT RAISE(ABORT, 'balance: exists')
    WHERE EXISTS(SELECT 1 FROM balance
      WHERE account = NEW.account AND unit = NEW.unit AND bucket = NEW.bucket);
END;

-- An update passes only when it is exactly what the newest leg does, and only once.
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

-- A row comes with its hold, which is then the newest operation, and goes with its settlement.
CREATE TRIGGER open_hold_insert BEFORE INSERT ON open_hold BEGIN
  SELECT RAISE(ABORT, 'open_hold: kept by holds')
    WHERE NOT EXISTS(SELECT 1 FROM operation o JOIN kind k ON k.name = o.kind
        WHERE o.seq = NEW.seq AND k.phase = 'hold' AND o.seq = (SELECT max(seq) FROM operation))
      OR EXISTS(SELECT 1 FROM open_hold WHERE seq = NEW.seq);
END;
CREATE TRIGGER open_hold_delete BEFORE DELETE ON open_hold
  WHEN NOT EXISTS(SELECT 1 FROM operation WHERE pends = OLD.seq)
  BEGIN SELECT RAISE(ABORT, 'open_hold: kept by holds'); END;
CREATE TRIGGER open_hold_update BEFORE UPDATE ON open_hold BEGIN SELECT RAISE(ABORT, 'open_hold: kept by holds'); END;

CREATE TRIGGER account_insert BEFORE INSERT ON account BEGIN
  SELECT RAISE(ABORT, 'account: exists')
    WHERE EXISTS(SELECT 1 FROM account WHERE id = NEW.id OR name = NEW.name);
  SELECT RAISE(ABORT, 'account: floored is not that of its kind')
    WHERE NEW.floored IS NOT (SELECT floored FROM account_kind WHERE name = NEW.kind);
  SELECT RAISE(ABORT, 'account: the bank has one of that kind')
    WHERE EXISTS(SELECT 1 FROM account WHERE name = upper(NEW.kind));
END;
CREATE TRIGGER unit_insert BEFORE INSERT ON unit
  WHEN EXISTS(SELECT 1 FROM unit WHERE id = NEW.id OR code = NEW.code)
  BEGIN SELECT RAISE(ABORT, 'unit: exists'); END;

CREATE TRIGGER account_kind_insert BEFORE INSERT ON account_kind BEGIN SELECT RAISE(ABORT, 'account_kind: fixed by the schema'); END;
CREATE TRIGGER account_kind_update BEFORE UPDATE ON account_kind BEGIN SELECT RAISE(ABORT, 'account_kind: fixed by the schema'); END;
CREATE TRIGGER account_kind_delete BEFORE DELETE ON account_kind BEGIN SELECT RAISE(ABORT, 'account_kind: fixed by the schema'); END;
CREATE TRIGGER kind_insert BEFORE INSERT ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;
CREATE TRIGGER kind_update BEFORE UPDATE ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;
CREATE TRIGGER kind_delete BEFORE DELETE ON kind BEGIN SELECT RAISE(ABORT, 'kind: fixed by the schema'); END;
CREATE TRIGGER way_insert BEFORE INSERT ON way BEGIN SELECT RAISE(ABORT, 'way: fixed by the schema'); END;
CREATE TRIGGER way_update BEFORE UPDATE ON way BEGIN SELECT RAISE(ABORT, 'way: fixed by the schema'); END;
CREATE TRIGGER way_delete BEFORE DELETE ON way BEGIN SELECT RAISE(ABORT, 'way: fixed by the schema'); END;
CREATE TRIGGER unit_update BEFORE UPDATE ON unit BEGIN SELECT RAISE(ABORT, 'unit: append-only'); END;
CREATE TRIGGER unit_delete BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'unit: append-only'); END;
CREATE TRIGGER account_update BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'account: append-only'); END;
CREATE TRIGGER account_delete BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'account: append-only'); END;
CREATE TRIGGER operation_update BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'operation: append-only'); END;
CREATE TRIGGER operation_delete BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'operation: append-only'); END;
CREATE TRIGGER transfer_update BEFORE UPDATE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer: append-only'); END;
CREATE TRIGGER transfer_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfer: append-only'); END;
CREATE TRIGGER balance_delete BEFORE DELETE ON balance BEGIN SELECT RAISE(ABORT, 'balance: kept by transfers'); END;
