-- The rows that the guards read. A service adds rows here; the guards are not touched.
-- A started station compares these rows with its own file.

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

INSERT INTO account(id, name, kind, floored) VALUES
  (1, 'STOCK',     'stock',     1),
  (2, 'BUDGET',    'budget',    1),
  (3, 'DELIVERED', 'delivered', 0),
  (4, 'HQ',        'hq',        0),
  (5, 'SUPPLIER',  'supplier',  0),
  (6, 'AID',       'aid',       1),
  (7, 'EXPIRED',   'expired',   0),
  (8, 'ADJUST',    'adjust',    0);

INSERT INTO unit(id, code) VALUES (1, 'POINTS');

INSERT INTO kind
  (name,                  phase,    legs, pends, reverses, undo, signed,     once) VALUES
  ('boot',                'single', 0,    0,     0,        0,    'none',     ''),
  ('clock-fault',         'single', 0,    0,     0,        0,    'none',     ''),
  ('refusal',             'single', 0,    0,     0,        0,    'none',     ''),
  ('account-opened',      'single', 0,    0,     0,        0,    'none',     ''),
  ('card-issued',         'single', 0,    0,     0,        0,    'none',     ''),
  ('card-blocked',        'single', 0,    0,     0,        0,    'none',     ''),
  ('staff-set',           'single', 0,    0,     0,        0,    'none',     ''),
  ('sign-in',             'single', 0,    0,     0,        0,    'actor',    ''),
  ('sign-in-refused',     'single', 0,    0,     0,        0,    'none',     ''),
  ('budget-in',           'single', 1,    0,     0,        1,    'none',     ''),
  ('stock-in',            'single', 1,    0,     0,        1,    'none',     ''),
  ('award',               'single', 2,    0,     0,        1,    'may',      ''),
  ('points-in',           'single', 1,    0,     0,        1,    'both',     'who'),
  ('hold',                'hold',   1,    0,     0,        0,    'none',     ''),
  ('post',                'post',   1,    1,     0,        1,    'approver', ''),
  ('void',                'void',   1,    1,     0,        0,    'none',     ''),
  ('reversal',            'single', 1,    0,     1,        0,    'actor',    ''),
  ('annulled',            'single', 0,    0,     1,        0,    'may',      ''),
  ('consent',             'single', 0,    0,     0,        1,    'none',     ''),
  ('bundle-written',      'single', 0,    0,     0,        0,    'none',     ''),
  ('bundle-acknowledged', 'single', 0,    0,     0,        0,    'none',     ''),
  ('reprint',             'single', 0,    0,     0,        0,    'actor',    '');

INSERT INTO way
  (kind,        unit_class, debit_kind, credit_kind, tie) VALUES
  ('budget-in', 'points',   'hq',       'budget',    ''),
  ('award',     'points',   'budget',   'resident',  ''),
  ('points-in', 'points',   'budget',   'resident',  ''),
  ('stock-in',  'goods',    'supplier', 'stock',     ''),
  ('hold',      'points',   'resident', 'partner',   'payer'),
  ('hold',      'goods',    'stock',    'delivered', ''),
  ('hold',      'goods',    'supplier', 'delivered', '');
