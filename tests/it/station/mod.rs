//! A small station for the tests of the store: two residents, one attendant, three rewards.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its station must fail"
)]

pub(crate) mod till;

use crate::folder::Folder;
use chrono::DateTime;
use rusqlite::Connection;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use till::{Fill as _, Quote, Till as _};
use wenming::domain::{
    AccountId, Bilingual, Bucket, CardId, CardKind, Catalogue, Category, CategoryCode, HolderKind,
    Hours, Item, ItemCode, ItemKind, Limit, Member, MemberGroup, Now, OpId, Partner, PartnerCode,
    Period, Pin, Points, Prices, Role, RuleCode, Staff, StaffEntry, StaffId, Supply, Wish,
};
use wenming::store::{Store, hash_pin};

/// A directory that goes away with the test.
pub(crate) struct Dir(Folder);

impl Dir {
    pub(crate) fn new() -> Self {
        Self(Folder::new("station"))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("station.db")
    }

    /// A plain second connection, as a stranger would open it.
    pub(crate) fn plain(&self) -> Connection {
        let conn = Connection::open(self.database()).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = OFF")
            .unwrap();
        conn
    }

    /// One whole number from the disk.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.plain().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// What an account has free of a unit, from the disk.
    pub(crate) fn free(&self, account: &str, unit: &str) -> i64 {
        self.plain()
            .query_row(
                "SELECT coalesce(sum(credits - debits - held), 0) FROM balance
                 WHERE account = (SELECT id FROM account WHERE name = ?1)
                   AND unit = (SELECT id FROM unit WHERE code = ?2)",
                [account, unit],
                |row| row.get(0),
            )
            .unwrap()
    }

    /// How many operations of a kind are on disk.
    pub(crate) fn count(&self, kind: &str) -> i64 {
        self.plain()
            .query_row(
                "SELECT count(*) FROM operation WHERE kind = ?1",
                [kind],
                |row| row.get(0),
            )
            .unwrap()
    }
}

/// Who may do what with a file.
pub(crate) fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

pub(crate) fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// A moment on a Monday, `mono_ms` after the start of the program.
pub(crate) fn at(text: &str, mono_ms: i64) -> Now {
    Now {
        wall: DateTime::parse_from_rfc3339(text).unwrap(),
        mono_ms,
    }
}

pub(crate) fn noon() -> Now {
    at("2026-11-23T12:00:00+08:00", 1_000)
}

pub(crate) fn card(text: &str) -> CardId {
    CardId::parse(text).unwrap()
}

pub(crate) fn staff_id(text: &str) -> StaffId {
    StaffId::parse(text).unwrap()
}

pub(crate) fn item_code(text: &str) -> ItemCode {
    ItemCode::parse(text).unwrap()
}

pub(crate) fn rule() -> RuleCode {
    RuleCode::parse("TREE").unwrap()
}

pub(crate) fn alice() -> AccountId {
    AccountId::resident([0xA1; 8])
}

pub(crate) fn bob() -> AccountId {
    AccountId::resident([0xB0; 8])
}

pub(crate) fn op(n: u8) -> OpId {
    OpId::new([n; 16])
}

pub(crate) fn wish(item: &str, quantity: i64) -> Wish {
    Wish {
        item: item_code(item),
        option: None,
        quantity,
    }
}

fn both(text: &str) -> Bilingual {
    Bilingual {
        zh: text.to_owned(),
        en: text.to_owned(),
    }
}

/// Rice (counted, 10), soap (counted, 3, two a day), haircut (open, 20).
pub(crate) fn catalogue() -> Catalogue {
    let item = |code: &str, price: i64, supply, limit| Item {
        code: item_code(code),
        category: CategoryCode::parse("DAILY").unwrap(),
        name: both(code),
        unit: None,
        kind: ItemKind::Goods,
        supply,
        prices: Prices {
            base: Points::new(price),
            senior: None,
            groups: vec![],
        },
        options: vec![],
        limit,
        hours: Hours::default(),
        partner: PartnerCode::parse("SHOP").unwrap(),
        max_quantity: 9,
    };
    let limit = Limit {
        count: 2,
        period: Period::Day,
    };
    Catalogue {
        categories: vec![Category {
            code: CategoryCode::parse("DAILY").unwrap(),
            name: both("daily"),
        }],
        partners: vec![Partner {
            code: PartnerCode::parse("SHOP").unwrap(),
            name: both("shop"),
            hours: Hours::default(),
        }],
        items: vec![
            item("RICE", 10, Supply::Counted, None),
            item("SOAP", 3, Supply::Counted, Some(limit)),
            item("HAIRCUT", 20, Supply::Open, None),
        ],
    }
}

/// A001 is nobody's neighbour; B002 is Bob behind the counter.
pub(crate) fn staff() -> Vec<StaffEntry> {
    let entry = |id: &str, badge: &str, account| StaffEntry {
        staff: Staff {
            id: staff_id(id),
            name: id.to_owned(),
            role: Role::Attendant,
            account,
        },
        badge: card(badge),
        pin_hash: hash_pin(&Pin::parse("1234").unwrap()).unwrap(),
    };
    vec![
        entry("A001", "BADGE001", None),
        entry("B002", "BADGE002", Some(bob())),
    ]
}

/// A person with an account.
pub(crate) fn person(name: &str, account: AccountId) -> Member {
    Member {
        account,
        name: name.to_owned(),
        kind: HolderKind::Individual,
        group: MemberGroup::Villager,
        birth_year: Some(1980),
        household: None,
    }
}

/// Opens a station with 100 points for Alice and for Bob, 5 rice, 9 soap.
pub(crate) fn open(dir: &Dir) -> Store {
    let mut store = Store::open_seeded(dir.path(), 7).unwrap();
    store.boot(&noon(), "test").unwrap();
    store.apply_config(&noon(), &catalogue(), &staff()).unwrap();
    store
        .write(&noon(), |writer| {
            writer.budget_in(Points::new(1000), Bucket::NEVER)?;
            for (account, name, number) in
                [(alice(), "张三友", "00000001"), (bob(), "李四", "00000002")]
            {
                let new = person(name, account);
                writer.open_account(&new)?.unwrap();
                let issued = writer.issue_card(&new.account, &card(number), CardKind::Card)?;
                issued.unwrap();
                let points = (Points::new(100), Bucket::NEVER);
                let credited = writer.points_in(&new.account, &rule(), points, None)?;
                credited.unwrap();
            }
            writer.stock_in(&item_code("RICE"), 5)?;
            writer.stock_in(&item_code("SOAP"), 9)
        })
        .unwrap();
    store
}

pub(crate) fn quote(store: &mut Store, account: &AccountId, item: &str, quantity: i64) -> Quote {
    store
        .quote(&noon(), &catalogue(), account, &wish(item, quantity))
        .unwrap()
        .unwrap()
}

/// The next start of the program on the same disk.
pub(crate) fn reopen(dir: &Dir) -> Store {
    Store::open(dir.path()).unwrap()
}

/// The audit finds nothing.
pub(crate) fn assert_clean(store: &Store) {
    let report = store.audit().unwrap();
    assert!(report.is_clean(), "{:#?}", report.faults);
    assert!(report.schema_intact);
}
