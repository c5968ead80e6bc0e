//! What a paper register had, person by person.

use super::list::{Booker, LineFault, List, Taken};
use super::table::{Column, Line, MAX_SHOWN, Table, sound};
use crate::domain::{AccountId, CardId, Leg, Points, Text, clean, clean_name};
use crate::services::Command;
use crate::store::StoreError;

/// Places of the columns in [`Balances::COLUMNS`].
const NUMBER: usize = 0;
const CARD: usize = 1;
const NAME: usize = 2;
const POINTS: usize = 3;

/// A list of balances.
pub(super) struct Balances;

/// A person's balance.
pub(super) struct Row {
    line: u64,
    number: Option<i64>,
    card: Option<CardId>,
    name: String,
    points: Points,
}

/// Reads a row, or says what is wrong with it.
fn row(line: &Line) -> Result<Row, Text> {
    let wrong = |id, place| Text::of(id).word("cell", clean(line.cell(place), MAX_SHOWN));
    for place in 0..=POINTS {
        sound(line.cell(place))?;
    }
    let (number, card) = (line.cell(NUMBER), line.cell(CARD));
    let row = Row {
        line: line.number,
        number: number.parse().ok().filter(|number| *number > 0),
        card: CardId::parse(card),
        name: clean_name(line.cell(NAME)),
        points: line
            .cell(POINTS)
            .parse()
            .ok()
            .filter(|points| (1..=Leg::MAX).contains(points))
            .map(Points::new)
            .ok_or_else(|| wrong("import-points", POINTS))?,
    };
    if row.number.is_none() && !number.is_empty() {
        return Err(wrong("import-number", NUMBER));
    }
    if row.card.is_none() && !card.is_empty() {
        return Err(wrong("import-card", CARD));
    }
    if row.number.is_none() && row.card.is_none() {
        return Err(Text::of("import-nobody"));
    }
    Ok(row)
}

/// Whose row it is; both number and card must say the same, and the name must be right.
fn whose(booker: &mut Booker<'_, '_>, row: &Row) -> Result<Option<AccountId>, StoreError> {
    let by_number = row.number.map(|number| booker.writer.numbered(number));
    let by_number = by_number.transpose()?.flatten();
    let by_card = row.card.as_ref().map(|card| booker.writer.account_of(card));
    let by_card = by_card.transpose()?.and_then(Result::ok);
    let by_card = by_card.map(|who| booker.writer.person(&who)).transpose()?;
    let found = match (by_number, by_card.flatten()) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (Some(one), None) => row.card.is_none().then_some(one),
        (None, other) => row.number.is_none().then_some(other).flatten(),
    };
    let Some(found) = found else {
        booker.fault(row.line, Text::of("import-unknown"));
        return Ok(None);
    };
    if found.name != row.name {
        booker.fault(row.line, Text::of("import-other-name"));
        return Ok(None);
    }
    Ok(Some(found.account))
}

impl List for Balances {
    type Row = Row;

    const COLUMNS: &'static [Column] = &[
        Column::new(&["储户号", "number"], "1"),
        Column::new(&["卡号", "card"], ""),
        Column::needed(&["姓名", "name"], "何禾秀"),
        Column::needed(&["分", "points"], "120"),
    ];
    const DONE: &'static str = "import-balances";

    fn read(table: &Table, faults: &mut Vec<LineFault>) -> Vec<Row> {
        let mut rows = Vec::new();
        for line in &table.lines {
            match row(line) {
                Ok(row) => rows.push(row),
                Err(what) => faults.push(LineFault::new(line.number, what)),
            }
        }
        rows
    }

    fn book(booker: &mut Booker<'_, '_>, rows: &[Row]) -> Result<Taken, StoreError> {
        let mut taken = Taken::default();
        for row in rows {
            let Some(who) = whose(booker, row)? else {
                continue;
            };
            let points = row.points;
            let key = booker
                .writer
                .key_of(&format!("balance\n{who}\n{points:?}"))?;
            let is_new = booker.writer.place_of(key)?.is_none();
            let opening = Command::bring_over(who, points);
            if booker.book(row.line, (key, opening))?.is_none() {
                continue;
            }
            if is_new {
                taken.new += 1;
                taken.sum = taken.sum.saturating_add(points.get());
            } else {
                taken.known += 1;
            }
        }
        Ok(taken)
    }
}
