//! `staff.toml`: who may confirm, run and repair, with badges and hashed PINs.

use crate::config::code::Unique;
use crate::config::label::label;
use crate::config::read::{Form, Table, Value};
use crate::domain::{AccountId, CardId, Role, Staff, StaffEntry, StaffId};

/// The most cells of a colleague's name in a list.
const NAME_CELLS: usize = 20;

pub(super) const FILE: Form = Form {
    title: "staff.toml",
    keys: &["staff"],
};
const STAFF: Form = Form {
    title: "[[staff]]",
    keys: &["id", "name", "role", "badge", "pin", "account"],
};

/// Reads the whole file. What has a fault is left out.
pub(super) fn staff(file: &Table<'_>) -> Vec<StaffEntry> {
    let mut ids = Unique::default();
    let mut badges = Unique::default();
    let tables = file.tables("staff", &STAFF);
    if file.get("staff").is_none() && !file.is_broken() {
        file.fault("nobody may confirm anything", "add at least one [[staff]]");
    }
    tables
        .iter()
        .filter_map(|table| member(table, &mut ids, &mut badges))
        .collect()
}

/// Reads one person. Every key is read before the first `?`.
fn member(table: &Table<'_>, ids: &mut Unique, badges: &mut Unique) -> Option<StaffEntry> {
    let id = ids.declare(table, "id", StaffId::parse);
    let name = table.need("name").and_then(|v| label(v, NAME_CELLS));
    let role = table.need("role").and_then(|v| v.choice(&Role::ALL));
    let badge = table.need("badge").and_then(|v| badge(v, badges));
    let pin_hash = table.need("pin").and_then(pin_hash);
    let account = table.get("account").and_then(|v| {
        v.parsed(
            resident,
            "write the resident's account, R- and 16 of 0-9 A-F",
        )
    });
    Some(StaffEntry {
        staff: Staff {
            id: id?,
            name: name?,
            role: role?,
            account,
        },
        badge: badge?,
        pin_hash: pin_hash?,
    })
}

/// The number of a badge. No fault quotes it, because it opens the station.
fn badge(value: Value<'_>, seen: &mut Unique) -> Option<CardId> {
    let badge = value.secret(
        CardId::parse,
        "`badge` is no card number",
        "write 4 to 32 letters and digits between two \", as the reader gives them",
    )?;
    seen.claim(value, "this badge", badge.as_str());
    Some(badge)
}

/// A resident's account, as the ledger names it.
fn resident(text: &str) -> Option<AccountId> {
    let digits = text.strip_prefix("R-")?;
    let hex = |b: u8| b.is_ascii_digit() || (b'A'..=b'F').contains(&b);
    (digits.len() == 16 && digits.bytes().all(hex)).then(|| AccountId::parse(text))?
}

/// The hash of a PIN. No fault quotes it: a PIN in plain text may stand in its place.
fn pin_hash(value: Value<'_>) -> Option<String> {
    value.secret(
        |text| is_argon2id(text).then(|| text.to_owned()),
        "`pin` is not an argon2id hash that this station can check",
        "run `wenming pin` and paste the line that begins with $argon2id$",
    )
}

/// Says whether a text is `$argon2id$v=19$m=…,t=…,p=…$salt$hash` with costs a small station can pay.
///
/// Source: the PHC string format; base64 without padding, salt 8 to 48 bytes, hash 16 to 64 bytes.
fn is_argon2id(text: &str) -> bool {
    let mut parts = text.split('$');
    let head = [parts.next(), parts.next(), parts.next()];
    let costs = parts.next().is_some_and(are_costs);
    let salt = parts.next().is_some_and(|salt| is_base64(salt, 11, 64));
    let hash = parts.next().is_some_and(|hash| is_base64(hash, 22, 86));
    let named = head == [Some(""), Some("argon2id"), Some("v=19")];
    named && costs && salt && hash && parts.next().is_none()
}

/// Memory in KiB up to 256 MiB, passes, lanes.
fn are_costs(text: &str) -> bool {
    let mut costs = text.split(',');
    let mut cost = |name: &str, least: u32, most: u32| {
        costs
            .next()
            .and_then(|cost| cost.strip_prefix(name))
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse::<u32>().ok())
            .filter(|cost| (least..=most).contains(cost))
    };
    let (memory, passes, lanes) = (cost("m=", 8, 1 << 18), cost("t=", 1, 16), cost("p=", 1, 4));
    let enough = memory.zip(lanes).is_some_and(|(m, p)| m >= 8 * p);
    enough && passes.is_some() && costs.next().is_none()
}

/// Base64 of whole bytes: a last group of one character holds no byte.
fn is_base64(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len())
        && text.len() % 4 != 1
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}
