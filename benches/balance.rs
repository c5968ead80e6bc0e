//! G11: from a card number to a balance, in a town's ledger. The limit is the bare row.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod big;
#[expect(dead_code, reason = "each bench uses a part of it")]
mod common;

use big::{card, plain, scattered, town};
use common::{Board, Outcome, Samples, ratio, time, timed};
use std::process::ExitCode;
use wenming::store::Store;

const LOOKUPS: usize = 20_000;
/// Lookups before the measuring, so that both sides have their pages.
const WARM_UP: usize = 4_000;
/// Sums without an index; each reads a million rows.
const SCANS: usize = 5;

fn main() -> ExitCode {
    common::run(bench)
}

fn bench(board: &mut Board) -> Outcome<()> {
    board.block(
        "G11",
        "card → balance at 38,000 accounts and 1,000,000 transfers, p50",
    );
    let dir = town(board)?;
    let (store, open_ns) = timed(|| Store::open_existing(&dir));
    let store = store?;
    let conn = plain(&dir)?;
    let accounts: Vec<i64> = conn
        .prepare("SELECT account FROM resident ORDER BY account")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut bare = conn.prepare(
        "SELECT credits, debits, held FROM balance WHERE account = ?1 AND unit = 1 AND bucket = 0",
    )?;
    let [mut limit, mut joined, mut us] = [const { Samples::new() }; 3];
    let mut join = conn.prepare(
        "SELECT r.name, b.credits - b.debits - b.held FROM card c
           JOIN resident r ON r.account = c.account
           JOIN balance b ON b.account = c.account AND b.unit = 1 WHERE c.hash = ?1",
    )?;
    let hashes: Vec<Vec<u8>> = conn
        .prepare("SELECT hash FROM card ORDER BY seq")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for n in 0..WARM_UP + LOOKUPS {
        let place = scattered(n);
        let account = accounts.get(place % accounts.len()).ok_or("no account")?;
        let (row, ns) = timed(|| bare.query_row([account], |row| row.get::<_, i64>(0)));
        // Whoever never got a point has no row; that is an answer as well.
        let none = matches!(row, Err(rusqlite::Error::QueryReturnedNoRows));
        let hash = hashes.get(place % hashes.len()).ok_or("no card")?;
        let (_, join_ns) = timed(|| join.query_row([hash], |row| row.get::<_, i64>(1)));
        let card = card(place)?;
        let (found, us_ns) = timed(|| store.statement_by_card(&card));
        found?.map_err(|refusal| refusal.code())?;
        if n >= WARM_UP && !none {
            limit.push(ns);
            joined.push(join_ns);
            us.push(us_ns);
        }
    }
    let mut scan = Samples::new();
    for place in 0..SCANS {
        let account = accounts.get(scattered(place) % accounts.len());
        let sql = "SELECT sum(amount) FROM transfer WHERE +credit = ?1";
        let (sum, ns) = timed(|| conn.query_row(sql, [account], |row| row.get::<_, i64>(0)));
        sum?;
        scan.push(ns);
    }
    let p50 = limit.p50();
    board.row("limit: a row by its primary key", p50, p50);
    board.row(
        "peer: three tables joined, no rules asked",
        joined.p50(),
        p50,
    );
    board.row("peer: SUM over the transfers, no index", scan.p50(), p50);
    board.row("us: card → name, group, free, held", us.p50(), p50);
    board.row("us, p99", us.p99(), p50);
    board.goal("card → balance over the limit", ratio(us.p50(), p50), 2_000);
    board.note(&format!(
        "the ledger opened and checked in {}",
        time(open_ns)
    ));
    Ok(())
}
