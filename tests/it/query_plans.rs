//! Every statement of the ledger is asked for its plan: what is asked while somebody waits never reads the whole log.
#![expect(
    clippy::unwrap_used,
    reason = "a source file or a statement that cannot be read fails the test"
)]

use crate::station::{Dir, open};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::punctuated::Punctuated;
use syn::visit::{Visit, visit_item_const, visit_item_mod};
use syn::{Attribute, Expr, ItemConst, ItemMod, Lit, LitStr, Macro, Token};

/// Statements that read the whole log on purpose, each known by a piece of it; nobody waits at the screen for one of them.
const WALKS: &[(&str, &str)] = &[
    // From one end of the log or of the legs, in their own order, until the limit is reached.
    (
        "SELECT seq, hash FROM operation ORDER BY seq DESC LIMIT 1",
        "the head",
    ),
    (
        "SELECT coalesce(trusted, iif(clock IS NULL OR kind = ?1, seq, NULL))
               FROM operation ORDER BY seq DESC LIMIT 1",
        "the newest trusted moment, by the head",
    ),
    (
        "SELECT wall_ms FROM operation ORDER BY seq DESC LIMIT 1",
        "the newest moment",
    ),
    (
        "SELECT wall_ms FROM operation ORDER BY seq LIMIT 1",
        "the oldest moment",
    ),
    (
        "SELECT DISTINCT seq FROM transfer ORDER BY seq DESC LIMIT ?1",
        "the attendant's list",
    ),
    // Whole, for a technician's command.
    (
        "SELECT seq, op_id, kind, actor, approver, pends, reverses, wall_ms, boot, mono_ms,",
        "audit",
    ),
    (
        "SELECT seq, n, phase, unit, bucket, debit, credit, amount",
        "audit",
    ),
    // Whole, for the tables of an export: days are not indexed, and a table reads a year at most once.
    (
        "SELECT o.seq, o.wall_ms, o.kind, o.actor, o.approver, o.pends, o.reverses, o.body, h.kind",
        "operations",
    ),
    (
        "SELECT coalesce((SELECT seq FROM operation WHERE wall_ms >= ?1 AND wall_ms < ?2",
        "operations",
    ),
    ("sums(account, before, came, went, held)", "balances"),
    (
        "WITH me(id) AS (SELECT id FROM account WHERE name = 'STOCK')",
        "stock",
    ),
    ("WITH done(post, sign) AS (", "redemptions"),
    (
        "SELECT kind, count(*), min(seq), max(seq) FROM operation",
        "the day in a few numbers",
    ),
];

/// What stands for the parts that a statement gets while it runs, each with one statement of every shape.
const PARTS: &[(&str, &[&str])] = &[
    (
        "WHERE {by} =",
        &[
            "WHERE op_id =",
            "WHERE seq =",
            "WHERE pends =",
            "WHERE reverses =",
        ],
    ),
    ("name = '{}'", &["name = 'STOCK'"]),
    (
        " {}",
        &[
            " FROM operation o INDEXED BY operation_who WHERE o.kind = :kind AND o.who = :who AND o.about = :about AND o.day >= :from",
            " FROM operation o INDEXED BY operation_about WHERE o.kind = :kind AND o.about = :about AND o.day >= :from",
            " FROM operation o INDEXED BY operation_day WHERE o.kind = :kind AND o.day >= :from AND o.day <= :to",
            " FROM operation o INDEXED BY operation_kind WHERE o.kind = :kind",
        ],
    ),
];

/// The texts of the sources: all that stand in quotes, and those with a name.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    named: BTreeMap<String, String>,
}

fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("cfg")
            && attr
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

impl<'a> Visit<'a> for Texts {
    fn visit_item_mod(&mut self, module: &'a ItemMod) {
        if !is_test(&module.attrs) {
            visit_item_mod(self, module);
        }
    }

    fn visit_item_const(&mut self, constant: &'a ItemConst) {
        if let Expr::Lit(lit) = &*constant.expr
            && let Lit::Str(text) = &lit.lit
        {
            self.named.insert(constant.ident.to_string(), text.value());
        }
        visit_item_const(self, constant);
    }

    fn visit_lit_str(&mut self, text: &'a LitStr) {
        self.all.push(text.value());
    }

    fn visit_macro(&mut self, call: &'a Macro) {
        let parsed = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        for expr in parsed.into_iter().flatten() {
            let mut inner = Self::default();
            inner.visit_expr(&expr);
            self.all.append(&mut inner.all);
        }
    }
}

fn texts() -> Texts {
    let mut texts = Texts::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "rs") {
            let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
            texts.visit_file(&file);
        }
    }
    texts
}

/// Whether a text is a statement of SQL, and no sentence in English.
fn is_statement(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    matches!(
        words.as_slice(),
        ["SELECT" | "WITH" | "DELETE" | "INSERT", _, _] | ["UPDATE", _, "SET"]
    )
}

/// A statement with its parts put in.
fn shapes(text: &str, named: &BTreeMap<String, String>) -> Vec<String> {
    let mut text = text.to_owned();
    for (name, value) in named {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    let part = PARTS.iter().find(|(part, _)| text.contains(part));
    part.map_or_else(
        || vec![text.clone()],
        |(part, shapes)| {
            shapes
                .iter()
                .map(|shape| text.replace(part, shape))
                .collect()
        },
    )
}

/// The names under which a statement reads the two tables that grow with every day.
fn long_tables(sql: &str) -> BTreeSet<String> {
    let words: Vec<&str> = sql
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut names = BTreeSet::new();
    for (place, word) in words.iter().enumerate() {
        if ["operation", "transfer"].contains(word) {
            let alias = words.get(place + 1);
            names.extend(
                [Some(word), alias]
                    .into_iter()
                    .flatten()
                    .map(|name| (*name).to_owned()),
            );
        }
    }
    names
}

/// The lines of a plan that read such a table from one end to the other.
fn scans(conn: &Connection, sql: &str) -> Vec<String> {
    let plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"));
    assert!(plan.is_ok(), "{sql}: {plan:?}");
    let mut plan = plan.unwrap();
    let long = long_tables(sql);
    let mut rows = plan.raw_query();
    let mut scans = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let line: String = row.get(3).unwrap();
        let table = line
            .strip_prefix("SCAN ")
            .and_then(|rest| rest.split(' ').next());
        if table.is_some_and(|table| long.contains(table)) {
            scans.push(line);
        }
    }
    scans
}

#[test]
fn what_the_screen_asks_never_reads_the_whole_log() {
    let dir = Dir::new();
    let _store = open(&dir);
    let conn = dir.plain();
    let texts = texts();
    let statements: Vec<String> = texts
        .all
        .iter()
        .filter(|text| is_statement(text))
        .flat_map(|text| shapes(text, &texts.named))
        .collect();
    assert!(
        statements.len() > 60,
        "only {} were found",
        statements.len()
    );
    let mut used = BTreeSet::new();
    let mut faults = Vec::new();
    for sql in &statements {
        let scans = scans(&conn, sql);
        if scans.is_empty() {
            continue;
        }
        match WALKS.iter().find(|(piece, _)| sql.contains(piece)) {
            Some((piece, _)) => drop(used.insert(*piece)),
            None => faults.push(format!("{scans:?}\n{sql}")),
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n\n"));
    let stale: Vec<_> = WALKS
        .iter()
        .filter(|(piece, _)| !used.contains(piece))
        .collect();
    assert_eq!(
        stale,
        Vec::<&(&str, &str)>::new(),
        "walks that no statement is"
    );
}

#[test]
fn a_scan_is_seen_under_any_name() {
    let dir = Dir::new();
    let _store = open(&dir);
    let conn = dir.plain();
    for (sql, many) in [
        ("SELECT actor FROM operation", 1),
        (
            "SELECT x.actor FROM operation x JOIN transfer y ON y.seq = x.seq WHERE y.seq = 1",
            0,
        ),
        (
            "SELECT t.amount FROM balance b JOIN transfer t ON t.debit = b.account AND t.phase = 'hold'",
            1,
        ),
        ("SELECT hash FROM operation WHERE seq = ?1", 0),
        ("SELECT count(*) FROM operation WHERE actor = ?1", 1),
    ] {
        assert_eq!(scans(&conn, sql).len(), many, "{sql}");
    }
}
