//! The real program, cut off with kill -9 in the middle of its work, again and again. Whatever the
//! screen had announced must be on the disk, and nothing on the disk may be half done.
//!
//! A kill takes the process, not the machine: power cuts are in `power`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot drive the program must fail, and says what it counted"
)]

use crate::harness::{Kiosk, Line, Room, SMALL, number, pause, sha256};
use crate::station::till::Fill as _;
use chrono::DateTime;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use wenming::domain::{
    AccountId, Bucket, CardId, CardKind, HolderKind, ItemCode, Member, MemberGroup, Now, Pin,
};
use wenming::domain::{Points, RuleCode};
use wenming::store::{Store, hash_pin};

/// How often the program is killed in all.
const KILLS: usize = 300;
/// How many stations work side by side, each with its own ledger.
const STATIONS: usize = 4;
/// The longest time between a start and its kill, in milliseconds.
const LONGEST_LIFE_MS: u64 = 1_700;
/// The longest time between a key that commits and its kill, in microseconds.
const COMMIT_MICROS: u64 = 5_000;
/// How often a screen is looked for, 20 milliseconds each, before a life is cut short: on a busy
/// machine a card may be taken for slow typing.
const LOOKS: usize = 500;
/// The fewest announcements that must have been held against the disk.
const FEWEST_CHECKED: usize = 300;
/// Where the delays come from; printed, so that a run can be told.
const SEED: u64 = 0x5EED_0000_2026_1121;

pub(crate) const RESIDENT: &str = "0005591234";
pub(crate) const BADGE: &str = "0009000001";
/// 8246 on a keypad whose Num Lock is off: keys that no scanner sends, so nothing is held back.
pub(crate) const PIN_KEYS: [&str; 4] = ["\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"];
/// 1, 2, 3 and 4 on such a keypad.
pub(crate) const KEYPAD: [&str; 4] = ["\x1b[F", "\x1b[B", "\x1b[6~", "\x1b[D"];

/// A service, and goods whose stock is counted; no limits. They are 3 and 4 of category 2 and the
/// answer is 1, so that no key comes twice in a row: so fast that would be one press.
const CATALOGUE: &str = r#"
[[category]]
code = "FEW"
name = { zh = "别的", en = "Other" }
[[category]]
code = "ALL"
name = { zh = "都在这里", en = "Everything" }
[[partner]]
code = "STATION"
name = { zh = "禾月服务站", en = "Heyue Station" }
[[item]]
code = "QUILT"
category = "ALL"
name = { zh = "被褥清洗", en = "Quilt washing" }
kind = "service"
supply = "open"
price = 50
partner = "STATION"
[[item]]
code = "KNIT"
category = "ALL"
name = { zh = "织补衣服", en = "Mending" }
kind = "service"
supply = "open"
price = 50
partner = "STATION"
[[item]]
code = "SHOES"
category = "FEW"
name = { zh = "修鞋", en = "Shoe repair" }
kind = "service"
supply = "open"
price = 50
partner = "STATION"
[[item]]
code = "KNIFE"
category = "ALL"
name = { zh = "磨剪子磨刀", en = "Sharp knives" }
kind = "service"
supply = "open"
price = 1
partner = "STATION"
[[item]]
code = "SOAP"
category = "ALL"
name = { zh = "香皂一块", en = "Soap" }
kind = "goods"
supply = "counted"
price = 3
partner = "STATION"
"#;

/// So long must the badge have been away from a reader to be new there, in milliseconds: a bit over its half second.
const AWAY_MS: u64 = 600;
pub(crate) const WAITING: &str = "请工作人员来刷胸牌";

/// Holds that nobody has settled, which the idle screen counts.
pub(crate) const OPEN_HOLDS: &str = "SELECT count(*) FROM operation h WHERE h.kind = 'hold'
    AND NOT EXISTS(SELECT 1 FROM operation s WHERE s.pends = h.seq)";

/// Questions whose answer is 0 as long as nothing is half done.
const NOTHING: [(&str, &str); 5] = [
    (
        "operations that lack legs",
        "SELECT count(*) FROM operation o
          WHERE nlegs <> (SELECT count(*) FROM transfer t WHERE t.seq = o.seq)",
    ),
    (
        "legs of no operation",
        "SELECT count(*) FROM transfer t WHERE NOT EXISTS(SELECT 1 FROM operation o WHERE o.seq = t.seq)",
    ),
    (
        "holds settled twice",
        "SELECT count(*) FROM (SELECT 1 FROM operation WHERE pends > 0 GROUP BY pends HAVING count(*) > 1)",
    ),
    (
        "settlements with other legs than their hold",
        "SELECT count(*) FROM operation s JOIN transfer t ON t.seq = s.seq
          WHERE s.pends > 0 AND NOT EXISTS(SELECT 1 FROM transfer h WHERE (h.seq, h.n, h.phase,
            h.unit, h.bucket, h.debit, h.credit, h.amount) =
            (s.pends, t.n, 'hold', t.unit, t.bucket, t.debit, t.credit, t.amount))",
    ),
    (
        "balances that are not the sum of their transfers",
        "WITH leg AS (
           SELECT debit AS account, unit, bucket, amount * (phase IN ('single', 'post')) AS debits, 0 AS credits,
                  amount * (phase = 'hold') - amount * (phase IN ('post', 'void')) AS held FROM transfer
           UNION ALL
           SELECT credit, unit, bucket, 0, amount * (phase IN ('single', 'post')), 0 FROM transfer),
         total AS (SELECT account, unit, bucket, sum(debits) AS debits, sum(credits) AS credits,
                          sum(held) AS held FROM leg GROUP BY 1, 2, 3)
         SELECT (SELECT count(*) FROM balance b WHERE NOT EXISTS(SELECT 1 FROM total t
                   WHERE (t.account, t.unit, t.bucket, t.debits, t.credits, t.held) =
                         (b.account, b.unit, b.bucket, b.debits, b.credits, b.held)))
              + abs((SELECT count(*) FROM balance) - (SELECT count(*) FROM total))",
    ),
];

/// What the screens of one station have announced, and what was counted.
#[derive(Default)]
struct Tally {
    /// Receipt number and mark of every post.
    posts: BTreeMap<i64, String>,
    /// Holds; their numbers are not shown, so they are counted.
    holds: i64,
    kills: usize,
    /// Kills that left a hold open, and as many starts that must have met it.
    kills_in_between: usize,
    /// Starts that showed how many holds are open.
    starts_with_holds: usize,
    /// Operations that were on disk though the kill came before the screen said so.
    unannounced: i64,
}

/// When a life ends.
enum End {
    /// So long after the start, whatever it does then.
    Starting(Duration),
    /// So long after the greeting, whatever it does then.
    Anytime(Duration),
    /// In this redemption, so long after the key that makes the program commit: a commit takes a
    /// few milliseconds out of hundreds, and chance alone would hardly ever hit one.
    Committing {
        round: u64,
        post: bool,
        after: Duration,
    },
}

impl End {
    fn draw(dice: &mut Dice) -> Self {
        match dice.below(8) {
            0 => Self::Starting(Duration::from_millis(dice.below(LONGEST_LIFE_MS / 4))),
            1..4 => Self::Anytime(Duration::from_millis(dice.below(LONGEST_LIFE_MS))),
            _ => Self::Committing {
                // The first badge of a life asks for the PIN; those after it commit at once.
                round: 1 + dice.below(3),
                post: dice.below(2) == 0,
                after: Duration::from_micros(dice.below(COMMIT_MICROS)),
            },
        }
    }
}

/// How many redemptions are on disk.
struct Count {
    holds: i64,
    posts: i64,
}

impl Count {
    fn on_disk(conn: &Connection) -> Self {
        let holds = number(conn, "SELECT count(*) FROM operation WHERE kind = 'hold'");
        let posts = number(conn, "SELECT count(*) FROM operation WHERE kind = 'post'");
        Self { holds, posts }
    }
}

/// How things stood when a life began: on disk, and announced.
struct Before {
    disk: Count,
    holds: i64,
    posts: i64,
}

/// Numbers that look thrown. Source: xorshift64, Marsaglia 2003.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// One below a bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// Card readers for the badge, in turn; they stay plugged in over all lives.
pub(crate) struct Readers([Line; 4]);

impl Readers {
    fn plug(room: &Room) -> Self {
        room.without_readers();
        Self(std::array::from_fn(|n| {
            let port = room.path().join(format!("reader-{n}"));
            let shown = port.display();
            room.write_reader(&format!(
                "[[reader]]\nname = \"card {n}\"\nport = \"{shown}\"\nformat = \"em4100\""
            ));
            Line::plug_at(room, &port)
        }))
    }

    /// Holds the badge to the reader whose turn it is. To each it was shown four redemptions ago, so that it is new there.
    fn badge(&self, round: u64) {
        self.hold(round, BADGE);
    }

    /// Holds a card to the reader whose turn it is.
    pub(crate) fn hold(&self, round: u64, card: &str) {
        pause(AWAY_MS / 4);
        let place = usize::try_from(round).unwrap() % self.0.len();
        self.0.get(place).unwrap().tap(card);
    }
}

/// A resident with points for thousands of redemptions, and stock for them.
pub(crate) fn station() -> (Room, Readers) {
    let room = Room::new();
    let readers = Readers::plug(&room);
    fs::write(room.config().join("catalogue.toml"), CATALOGUE).unwrap();
    let pin = hash_pin(&Pin::parse("8246").unwrap()).unwrap();
    let staff = format!(
        "[[staff]]\nid = \"A001\"\nname = \"陈小兰\"\nrole = \"attendant\"\nbadge = \"{BADGE}\"\npin = \"{pin}\"\n"
    );
    fs::write(room.config().join("staff.toml"), staff).unwrap();
    let now = Now {
        wall: DateTime::parse_from_rfc3339("2026-11-20T09:00:00+08:00").unwrap(),
        mono_ms: 0,
    };
    let mut store = Store::open(&room.data()).unwrap();
    store.boot(&now, "test").unwrap();
    let config = wenming::config::load(&room.config()).unwrap();
    store
        .apply_config(&now, &config.catalogue, &config.staff)
        .unwrap();
    store
        .write(&now, |writer| {
            writer.budget_in(Points::new(1_000_000), Bucket::NEVER)?;
            let account = AccountId::resident([7; 8]);
            let new = Member {
                account: account.clone(),
                name: "何云秀".to_owned(),
                kind: HolderKind::Individual,
                group: MemberGroup::Villager,
                birth_year: Some(1950),
                household: None,
            };
            writer.open_account(&new)?.unwrap();
            let card = CardId::parse(RESIDENT).unwrap();
            writer.issue_card(&account, &card, CardKind::Card)?.unwrap();
            let rule = RuleCode::parse("VS-ELDER").unwrap();
            let credited = (Points::new(900_000), Bucket::NEVER);
            writer.points_in(&account, &rule, credited, None)?.unwrap();
            writer.stock_in(&ItemCode::parse("SOAP").unwrap(), 100_000)
        })
        .unwrap();
    (room, readers)
}

/// Redeems until the program is gone. Every step waits for its screen, so only the kill decides
/// how far it comes.
fn work(
    (kiosk, readers): (&Kiosk, &Readers),
    tally: &mut Tally,
    gone: &AtomicBool,
    end: &End,
) -> Option<()> {
    let hit = |now: u64, is_post: bool| match end {
        End::Committing { round, post, after } if (*round, *post) == (now, is_post) => {
            thread::sleep(*after);
            (kiosk.killer())();
            None
        }
        End::Starting(_) | End::Anytime(_) | End::Committing { .. } => Some(()),
    };
    let shows = |text: &str| {
        for _ in 0..LOOKS {
            let look = Duration::from_millis(20);
            if gone.load(Ordering::Acquire) {
                return None;
            }
            if kiosk.becomes_within(look, |screen| screen.contains(text)) {
                return Some(());
            }
        }
        None
    };
    let [one, two, three, four] = KEYPAD;
    for round in 0.. {
        kiosk.key(format!("{RESIDENT}\r"));
        shows("您好，您现在有")?;
        kiosk.key(two);
        shows("磨剪子磨刀")?;
        shows("香皂一块")?;
        kiosk.key(if round % 2 == 0 { three } else { four });
        shows("要换这个吗")?;
        kiosk.key(one);
        hit(round, false)?;
        shows(WAITING)?;
        tally.holds += 1;
        readers.badge(round);
        hit(round, true)?;
        if round == 0 {
            shows("请输密码")?;
            for key in PIN_KEYS {
                kiosk.key(key);
            }
            shows("已输入 4 位")?;
            kiosk.key("\r");
        }
        while note_receipt(&kiosk.screen(), tally).is_none() {
            shows("小票号")?;
        }
    }
    None
}

/// Reads the receipt number and its mark off the done screen, once they have been painted whole.
fn note_receipt(screen: &str, tally: &mut Tally) -> Option<()> {
    let (_, rest) = screen.split_once("小票号 HY01-")?;
    let mut words = rest.lines().next()?.split_whitespace();
    let (seq, mark) = (words.next()?.parse().ok()?, words.next()?);
    if mark.len() == 8 {
        tally.posts.insert(seq, mark.to_owned());
        return Some(());
    }
    None
}

/// Starts the program, drives it, kills it, and notes what was on the screen at the end.
fn live_and_die((room, readers): &(Room, Readers), dice: &mut Dice, tally: &mut Tally) {
    let open = number(&room.plain(), OPEN_HOLDS);
    let mut kiosk = room.kiosk(SMALL);
    let end = End::draw(dice);
    let early = matches!(end, End::Starting(_));
    if !early {
        kiosk.wait_for("您好，欢迎来到积分银行");
        if open > 0 {
            kiosk.wait_for(&format!("工作人员：有{open}笔等您确认"));
            tally.starts_with_holds += 1;
        }
    }
    let gone = AtomicBool::new(false);
    let before = (tally.holds, tally.posts.len());
    let kill = kiosk.killer();
    thread::scope(|scope| {
        if let End::Starting(life) | End::Anytime(life) = end {
            let gone = &gone;
            scope.spawn(move || {
                thread::sleep(life);
                kill();
                gone.store(true, Ordering::Release);
            });
        }
        if !early {
            work((&kiosk, readers), tally, &gone, &end);
        }
    });
    kiosk.cut();
    tally.kills += 1;
    // The last picture may have been painted after the last look.
    let last = kiosk.screen();
    if last.contains(WAITING) && tally.holds - before.0 == i64_of(tally.posts.len() - before.1) {
        tally.holds += 1;
    }
    note_receipt(&last, tally);
}

fn i64_of(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}

/// Holds the disk against what was announced, by plain SQL and by the program's own audit.
fn check(room: &Room, tally: &mut Tally, before: &Before) {
    let conn = room.plain();
    let disk = Count::on_disk(&conn);
    let [holds, posts] = [
        disk.holds - before.disk.holds - (tally.holds - before.holds),
        disk.posts - before.disk.posts - (i64_of(tally.posts.len()) - before.posts),
    ];
    assert!(
        holds >= 0,
        "{} holds were announced and are not there",
        -holds
    );
    assert!(
        posts >= 0,
        "{} posts were announced and are not there",
        -posts
    );
    assert!(holds + posts <= 1, "more than one step ahead of the screen");
    tally.unannounced += holds + posts;
    for (seq, mark) in &tally.posts {
        let sql = "SELECT substr(hash, 1, 8) FROM operation WHERE kind = 'post' AND seq = ?1";
        let on_disk: String = conn.query_row(sql, [seq], |row| row.get(0)).unwrap();
        assert_eq!(&on_disk, mark, "receipt {seq}");
        let slip = room.data().join(format!("receipts/HY01-{seq}.txt"));
        assert!(
            fs::read_to_string(slip).unwrap().contains(mark.as_str()),
            "slip {seq}"
        );
    }
    for (what, sql) in NOTHING {
        assert_eq!(number(&conn, sql), 0, "{what}");
    }
    check_chain(&conn);
    let open = number(&conn, OPEN_HOLDS);
    assert_eq!(open, disk.holds - disk.posts);
    let open_before = before.disk.holds - before.disk.posts;
    tally.kills_in_between += usize::from(open > open_before);
    drop(conn);
    let audit = room.assert_clean();
    assert_eq!(audit.get("open_holds"), Some(&open.into()));
}

/// Recomputes every hash.
fn check_chain(conn: &Connection) {
    let mut log = conn
        .prepare("SELECT seq, prev, body, hash FROM operation ORDER BY seq")
        .unwrap();
    let mut rows = log.query([]).unwrap();
    let mut last = (0_i64, "0".repeat(64));
    while let Some(row) = rows.next().unwrap() {
        let (seq, prev): (i64, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let (body, hash): (String, String) = (row.get(2).unwrap(), row.get(3).unwrap());
        assert_eq!((seq, &prev), (last.0 + 1, &last.1));
        assert_eq!(hash, sha256(&prev, &body), "{seq}");
        last = (seq, hash);
    }
}

#[test]
fn what_was_announced_survives_every_kill_and_nothing_is_half_done() {
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let stations = (0..STATIONS).map(|n| {
            let mut dice = Dice(SEED ^ u64::try_from(n).unwrap().wrapping_mul(0x9E37_79B9));
            scope.spawn(move || {
                let station = station();
                let (room, _) = &station;
                let mut tally = Tally::default();
                for _ in 0..KILLS / STATIONS {
                    let before = Before {
                        disk: Count::on_disk(&room.plain()),
                        holds: tally.holds,
                        posts: i64_of(tally.posts.len()),
                    };
                    live_and_die(&station, &mut dice, &mut tally);
                    check(room, &mut tally, &before);
                }
                tally
            })
        });
        let stations: Vec<_> = stations.collect();
        stations
            .into_iter()
            .map(|station| station.join().unwrap())
            .collect()
    });
    let sum = |count: fn(&Tally) -> usize| tallies.iter().map(count).sum::<usize>();
    let (kills, posts) = (sum(|tally| tally.kills), sum(|tally| tally.posts.len()));
    let holds = sum(|tally| usize::try_from(tally.holds).unwrap());
    let (in_between, starts) = (
        sum(|tally| tally.kills_in_between),
        sum(|tally| tally.starts_with_holds),
    );
    let unannounced = sum(|tally| usize::try_from(tally.unannounced).unwrap());
    println!(
        "seed {SEED:#x}: {kills} kills; announced and found: {posts} posts, {holds} holds; \
         {in_between} kills left a hold open, {starts} starts showed open holds; \
         {unannounced} operations were on disk before the screen said so"
    );
    assert_eq!(kills, KILLS);
    assert!(
        posts + holds >= FEWEST_CHECKED,
        "only {posts} posts and {holds} holds were checked"
    );
    assert!(
        in_between > 0 && starts > 0,
        "no kill hit the time between hold and post"
    );
}
