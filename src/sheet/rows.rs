//! A line of a report as cells: in words, and without residents' full names unless they may be seen.

use crate::domain::{
    BalanceLine, Catalogue, ItemCode, Kind, PartnerCode, PartnerLine, ReportLine, RewardLine, Rule,
    Seq, StockLine, Text, mask_name,
};
use crate::services;
use crate::sheet::{Cell, Table};
use crate::words::{Known, Say, local_time};

/// What is needed to put lines into words.
pub struct Rows<'a> {
    /// The language.
    pub say: Say<'a>,
    /// Names of rewards; those that it lacks are shown by their codes.
    pub catalogue: &'a Catalogue,
    /// Names of rules; those that it lacks are shown by their codes.
    pub rules: &'a [Rule],
    /// Whether names of residents are shown in full.
    pub full_names: bool,
    /// The names of the kinds of operations, put into words once for a million lines.
    kinds: Vec<(Kind, String)>,
}

impl<'a> Rows<'a> {
    /// Masks names until `full_names` is set.
    pub fn new(say: Say<'a>, catalogue: &'a Catalogue, rules: &'a [Rule]) -> Self {
        let kinds = services::kinds();
        Self {
            say,
            catalogue,
            rules,
            full_names: false,
            kinds: kinds.map(|kind| (kind, say.kind(kind))).collect(),
        }
    }
}

impl Rows<'_> {
    /// The headers of a table.
    pub fn headers(&self, table: Table) -> Vec<String> {
        let columns = table.columns().iter();
        columns.map(|id| self.say.text(id)).collect()
    }

    /// A line of [`Table::Operations`].
    pub fn operation(&self, line: &ReportLine) -> Vec<Cell> {
        let account = line.account.as_ref();
        vec![
            Cell::Number(line.seq.get()),
            Cell::Moment(local_time(line.wall_ms)),
            Cell::text(self.kind(line.kind)),
            Cell::text(account.map_or("", |account| account.as_str())),
            self.name(line.name.as_deref()),
            Cell::text(&self.told(line.told.as_ref())),
            Cell::Number(line.points),
            Cell::Number(line.held),
            Cell::Number(line.budget),
            Cell::text(line.staff.as_deref().unwrap_or_default()),
            self.name(line.staff_name.as_deref()),
            line.of
                .map_or_else(|| Cell::text(""), |of: Seq| Cell::Number(of.get())),
        ]
    }

    /// A line of [`Table::Balances`].
    pub fn balance(&self, line: &BalanceLine) -> Vec<Cell> {
        vec![
            Cell::text(line.account.as_str()),
            self.name(line.name.as_deref()),
            Cell::Number(line.points.before),
            Cell::Number(line.points.came),
            Cell::Number(line.points.went),
            Cell::Number(line.points.held),
            Cell::Number(line.points.left()),
        ]
    }

    /// A line of [`Table::Redemptions`].
    pub fn reward(&self, line: &RewardLine) -> Vec<Cell> {
        let item = self.catalogue.item(&line.item);
        let option = line.option.as_ref().map(|code| {
            let known = item.and_then(|item| item.option(code));
            known.map_or(code.as_str(), |option| option.name.get(self.say.lang))
        });
        vec![
            Cell::text(line.item.as_str()),
            Cell::text(&self.item(&line.item)),
            Cell::text(option.unwrap_or_default()),
            self.partner(line.partner.as_ref()),
            Cell::Number(line.count),
            Cell::Number(line.corrected),
            Cell::Number(line.pieces),
            Cell::Number(line.points),
        ]
    }

    /// A line of [`Table::Partners`].
    pub fn owed(&self, line: &PartnerLine) -> Vec<Cell> {
        vec![
            Cell::text(line.partner.as_str()),
            self.partner(Some(&line.partner)),
            Cell::Number(line.count),
            Cell::Number(line.pieces),
            Cell::Number(line.points),
        ]
    }

    /// A line of [`Table::Stock`].
    pub fn stock(&self, line: &StockLine) -> Vec<Cell> {
        vec![
            Cell::text(line.item.as_str()),
            Cell::text(&self.item(&line.item)),
            Cell::Number(line.pieces.before),
            Cell::Number(line.pieces.came),
            Cell::Number(line.pieces.went),
            Cell::Number(line.pieces.held),
            Cell::Number(line.pieces.left()),
        ]
    }

    fn kind(&self, kind: Kind) -> &str {
        let known = self.kinds.iter().find(|(of, _)| *of == kind);
        known.map_or("", |(_, name)| name.as_str())
    }

    fn name(&self, name: Option<&str>) -> Cell {
        let name = name.unwrap_or_default();
        if self.full_names {
            Cell::text(name)
        } else {
            Cell::text(&mask_name(name))
        }
    }

    fn partner(&self, code: Option<&PartnerCode>) -> Cell {
        let known = code.and_then(|code| self.catalogue.partner(code));
        let code = code.map_or("", |code| code.as_str());
        Cell::text(known.map_or(code, |partner| partner.name.get(self.say.lang)))
    }

    fn item(&self, item: &ItemCode) -> String {
        let known = self.catalogue.item(item);
        known
            .map_or(item.as_str(), |item| item.name.get(self.say.lang))
            .to_owned()
    }

    fn told(&self, told: Option<&Text>) -> String {
        let known = Known::new(self.catalogue, self.rules);
        told.map_or_else(String::new, |told| self.say.tell(told, known))
    }
}
