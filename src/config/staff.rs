//! `staff.toml`: who may confirm, run and repair, with badges and hashed PINs.

use crate::config::code::{Unique, coded};
use crate::config::fields::form;
use crate::config::kind::{Choice, Parsed, Secret, Tables, each};
use crate::config::label::Label;
use crate::domain::{AccountId, CardId, Role, Shared, Staff, StaffEntry, StaffId, Text};
use serde_json::json;

/// The most cells of a colleague's name in a list.
const NAME_CELLS: usize = 20;

/// The number of a badge. No fault quotes it, because it opens the station.
const BADGE: Secret<CardId> = Secret {
    text: Parsed {
        pattern: "^[0-9A-Za-z]{4,32}$",
        right: Text::of("right-badge"),
        parse: CardId::parse,
    },
    wrong: Text::of("fault-badge"),
};
/// The hash of a PIN. No fault quotes it: a PIN in plain text may stand in its place.
const PIN: Secret<String> = Secret {
    text: Parsed {
        pattern: r"^\$argon2id\$v=19\$m=0*[0-9]{1,6},t=0*[0-9]{1,2},p=0*[1-4]\$[0-9A-Za-z+/]{11,64}\$[0-9A-Za-z+/]{22,86}$",
        right: Text::of("right-pin"),
        parse: |text| is_argon2id(text).then(|| text.to_owned()),
    },
    wrong: Text::of("fault-pin"),
};
/// A resident's account, as the ledger names it.
const RESIDENT: Parsed<AccountId> = Parsed {
    pattern: "^R-[0-9A-F]{16}$",
    right: Text::of("right-account"),
    parse: resident,
};

/// Things that two people may not share.
#[derive(Default)]
pub(super) struct Claims {
    ids: Unique,
    badges: Unique,
}

form! {
    /// Who may confirm redemptions, run the station and repair the terminal.
    FILE "staff.toml" fn file(table) -> Vec<StaffEntry> {
        /// A member of staff, at least one.
        staff "staff": Tables::of(&STAFF), usual(Vec::new()) => |_, all| {
            let mut claims = Claims::default();
            Some(each(&all, |table| member(table, &mut claims)))
        };
        also json!({ "required": ["staff"], "properties": { "staff": { "minItems": 1 } } });
        check {
            if !table.holds("staff") && !table.is_broken() {
                table.fault(Text::of("fault-nobody"), Text::of("right-nobody"));
            }
        }
    } => staff
}

form! {
    /// A member of staff.
    STAFF "[[staff]]" fn member(table, claims: &mut Claims) -> StaffEntry {
        /// The identity in the ledger, unique in the file.
        id "id": coded(StaffId::parse), need => |v, id| Some(claims.ids.first(v, "id", id));
        /// The name that colleagues see, at most 20 cells; a Chinese character takes 2.
        name "name": Label(NAME_CELLS), need;
        /// What this person may do.
        role "role": Choice(&Role::ALL), need;
        /// The number of the badge's card, 4 to 32 letters and digits, unique in the file.
        badge "badge": BADGE, need => |v, badge| {
            if Shared::of_text(&badge).is_some() {
                v.fault_bare(Text::of("fault-badge-shared"), Text::of("right-badge-own"));
                return None;
            }
            claims.badges.claim(v, "badge", badge.as_str());
            Some(badge)
        };
        /// The argon2id hash of the PIN, as `wenming pin` prints it.
        pin_hash "pin": PIN, need;
        /// This person's own account as a resident: someone else must confirm its redemptions.
        account "account": RESIDENT, may;
    } => StaffEntry { staff: Staff { id, name, role, account }, badge, pin_hash }
}

fn resident(text: &str) -> Option<AccountId> {
    let digits = text.strip_prefix("R-")?;
    let hex = |b: u8| b.is_ascii_digit() || (b'A'..=b'F').contains(&b);
    (digits.len() == 16 && digits.bytes().all(hex)).then(|| AccountId::parse(text))?
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
