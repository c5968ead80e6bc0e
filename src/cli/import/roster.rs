//! People and their cards, from a list that the village keeps.

use super::list::{Booker, LineFault, List, Taken};
use super::table::{Column, Line, MAX_SHOWN, Table, sound};
use crate::domain::{
    AccountId, CardId, HolderKind, HouseholdCode, MAX_NAME_CHARS, MemberGroup, Person, Shared,
    Text, clean, clean_name,
};
use crate::services::Command;
use crate::store::StoreError;
use std::collections::BTreeMap;

/// Places of the columns in [`Roster::COLUMNS`].
const ROW: usize = 0;
const NAME: usize = 1;
const BORN: usize = 2;
const GROUP: usize = 3;
const HOLDER: usize = 4;
const HOUSEHOLD: usize = 5;
const GUARDIAN: usize = 6;
const CARDS: usize = 7;
const CONSENT: usize = 8;

/// The years in which somebody can be born.
const YEARS: std::ops::RangeInclusive<i32> = 1880..=2100;
/// The most cards of one person.
const MOST_CARDS: usize = 9;

const GROUPS: [(&[&str], MemberGroup); 5] = [
    (&["村民", "villager", ""], MemberGroup::Villager),
    (&["党员", "party-member"], MemberGroup::PartyMember),
    (&["街巷长", "street-chief"], MemberGroup::StreetChief),
    (&["未成年人", "minor"], MemberGroup::Minor),
    (&["社会单位", "social-unit"], MemberGroup::SocialUnit),
];
const HOLDERS: [(&[&str], HolderKind); 4] = [
    (&["个人", "individual", ""], HolderKind::Individual),
    (&["单位", "unit"], HolderKind::Unit),
    (&["集体", "collective"], HolderKind::Collective),
    (&["家庭", "family"], HolderKind::Family),
];

/// A list of people.
pub(super) struct Roster;

/// Somebody of the list.
pub(super) struct Row {
    line: u64,
    /// What the list calls the row, by which others name their guardian.
    label: String,
    person: Person,
    group: MemberGroup,
    holder: HolderKind,
    guardian: String,
    cards: Vec<CardId>,
}

impl Row {
    /// What two rows of one person have in common.
    fn whose(&self) -> String {
        let Person {
            name,
            birth_year,
            household,
        } = &self.person;
        let household = household.as_ref().map_or("", HouseholdCode::as_str);
        format!(
            "{name}\n{birth_year:?}\n{household}\n{}",
            self.holder.name()
        )
    }

    /// What makes it the same row in every run.
    fn identity(&self) -> String {
        format!("roster\n{}\n{}", self.whose(), self.label)
    }
}

/// Reads a row, or says all that is wrong with it.
fn row(line: &Line) -> Result<Row, Vec<Text>> {
    let mut faults = Vec::new();
    let mut wrong = |id: &'static str, cell: &str| {
        faults.push(Text::of(id).word("cell", clean(cell, MAX_SHOWN)));
    };
    let name = line.cell(NAME);
    let cleaned = clean_name(name);
    if cleaned.is_empty() {
        wrong("import-no-name", name);
    } else if name.starts_with(['=', '+', '-', '@']) || name.chars().count() > MAX_NAME_CHARS {
        wrong("import-name", &cleaned);
    }
    let born = line.cell(BORN);
    let birth_year = born.parse().ok().filter(|year| YEARS.contains(year));
    if birth_year.is_none() && !born.is_empty() {
        wrong("import-born", born);
    }
    let group = named(&GROUPS, line.cell(GROUP));
    if group.is_none() {
        wrong("import-group", line.cell(GROUP));
    }
    let holder = named(&HOLDERS, line.cell(HOLDER));
    if holder.is_none() {
        wrong("import-holder", line.cell(HOLDER));
    }
    let house = line.cell(HOUSEHOLD);
    let household = HouseholdCode::parse(house);
    if household.is_none() && !house.is_empty() {
        wrong("import-household", house);
    }
    let numbers = line
        .cell(CARDS)
        .split([' ', ';', '；', '、', '/', ','])
        .filter(|number| !number.is_empty());
    let mut cards = Vec::new();
    for number in numbers {
        match CardId::parse(number) {
            Some(card) if Shared::of_text(&card).is_none() && cards.len() < MOST_CARDS => {
                cards.push(card);
            }
            _ => wrong("import-card", number),
        }
    }
    if !matches!(line.cell(CONSENT), "是" | "有" | "yes" | "y" | "1") {
        wrong("import-consent", line.cell(CONSENT));
    }
    for cell in 0..=CONSENT {
        faults.extend(sound(line.cell(cell)).err());
    }
    let (Some(group), Some(holder), true) = (group, holder, faults.is_empty()) else {
        return Err(faults);
    };
    Ok(Row {
        line: line.number,
        label: line.cell(ROW).to_owned(),
        person: Person {
            name: cleaned,
            birth_year,
            household,
        },
        group,
        holder,
        guardian: line.cell(GUARDIAN).to_owned(),
        cards,
    })
}

/// The value of a word.
fn named<T: Copy>(all: &[(&[&str], T)], word: &str) -> Option<T> {
    let found = all.iter().find(|(words, _)| words.contains(&word));
    found.map(|(_, value)| *value)
}

/// Says where something stands that may stand once.
fn once<'a>(
    all: impl Iterator<Item = (String, &'a Row)>,
    id: &'static str,
    faults: &mut Vec<LineFault>,
) {
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for (what, row) in all {
        if let Some(first) = seen.insert(what, row.line) {
            faults.push(LineFault::new(row.line, Text::of(id).word("other", first)));
        }
    }
}

impl List for Roster {
    type Row = Row;

    const COLUMNS: &'static [Column] = &[
        Column::new(&["编号", "row"], "1"),
        Column::needed(&["姓名", "name"], "何禾秀"),
        Column::new(&["出生年", "birth-year"], "1952"),
        Column::new(&["身份", "group"], "村民"),
        Column::new(&["账户", "holder"], "个人"),
        Column::new(&["户号", "household"], "H-0001"),
        Column::new(&["监护人编号", "guardian-row"], ""),
        Column::new(&["卡号", "cards"], "0009876543"),
        Column::needed(&["本人同意", "consent"], "是"),
    ];
    const DONE: &'static str = "import-people";

    fn read(table: &Table, faults: &mut Vec<LineFault>) -> Vec<Row> {
        let mut rows = Vec::new();
        for line in &table.lines {
            match row(line) {
                Ok(row) => rows.push(row),
                Err(all) => {
                    faults.extend(
                        all.into_iter()
                            .map(|what| LineFault::new(line.number, what)),
                    );
                }
            }
        }
        let names = rows.iter().filter(|row| !row.label.is_empty());
        once(
            names.map(|row| (row.label.clone(), row)),
            "import-same-row",
            faults,
        );
        let people = rows.iter().map(|row| (row.whose(), row));
        once(people, "import-same-person", faults);
        let cards = rows.iter().flat_map(|row| {
            let cards = row.cards.iter();
            cards.map(move |card| (card.as_str().to_owned(), row))
        });
        once(cards, "import-same-card", faults);
        for row in rows.iter().filter(|row| !row.guardian.is_empty()) {
            let is = |other: &&Row| other.label == row.guardian && other.guardian.is_empty();
            if !rows.iter().any(|other| is(&other)) {
                let what = Text::of("import-guardian").word("cell", &row.guardian);
                faults.push(LineFault::new(row.line, what));
            }
        }
        rows
    }

    fn book(booker: &mut Booker<'_, '_>, rows: &[Row]) -> Result<Taken, StoreError> {
        let mut taken = Taken::default();
        let mut accounts = BTreeMap::new();
        // Guardians before those who need them.
        let (wards, others): (Vec<&Row>, Vec<&Row>) =
            rows.iter().partition(|row| !row.guardian.is_empty());
        for row in others.into_iter().chain(wards) {
            let Some((who, is_new)) = open(booker, row, accounts.get(&row.guardian))? else {
                continue;
            };
            if is_new {
                taken.new += 1;
            } else {
                taken.known += 1;
            }
            for card in &row.cards {
                taken.sum += i64::from(issue(booker, (row, &who), card)?);
            }
            accounts.insert(row.label.clone(), who);
        }
        Ok(taken)
    }
}

/// Opens the account of a row; gives it, and whether it is new.
fn open(
    booker: &mut Booker<'_, '_>,
    row: &Row,
    guardian: Option<&AccountId>,
) -> Result<Option<(AccountId, bool)>, StoreError> {
    let key = booker.writer.key_of(&row.identity())?;
    let is_new = booker.writer.place_of(key)?.is_none();
    if is_new && let Some(number) = booker.writer.same_person(&row.person, row.holder)? {
        booker.fault(row.line, Text::of("import-there").word("number", number));
        return Ok(None);
    }
    let what = (row.holder, row.group);
    let command = Command::open_account(row.person.clone(), what, guardian.cloned());
    let opened = booker.book(row.line, (key, command))?;
    Ok(opened.and_then(|opened| Some((opened.who?, is_new))))
}

/// Issues a card of a row; says whether it is new.
fn issue(
    booker: &mut Booker<'_, '_>,
    (row, who): (&Row, &AccountId),
    card: &CardId,
) -> Result<bool, StoreError> {
    let text = format!("{}\n{}", row.identity(), card.as_str());
    let key = booker.writer.key_of(&text)?;
    let is_new = booker.writer.place_of(key)?.is_none();
    let command = Command::issue_card(who.clone(), card.clone());
    let issued = booker.book(row.line, (key, command))?;
    Ok(is_new && issued.is_some())
}
