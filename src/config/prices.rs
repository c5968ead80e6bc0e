//! Prices and points: one number for everyone, others by age and group.

use crate::config::form::{Field, Form};
use crate::config::kind::{InPoints, Kind};
use crate::config::table::Value;
use crate::domain::{MemberGroup, Points};
use serde_json::Value as Json;

/// The highest price and the most points of a rule. More is a slip of the finger.
pub(super) const MAX_POINTS: i64 = 100_000;

const fn group(at: (MemberGroup, &'static str)) -> Field {
    Field {
        key: at.1,
        about: "The points for members of this group.",
        need: false,
        only: None,
        schema: || InPoints(1..=MAX_POINTS).schema(),
    }
}

static GROUPS: Form = Form {
    title: "{ group = points }",
    about: "The points for members of some groups.",
    fields: {
        let [a, b, c, d, e] = MemberGroup::ALL;
        &[group(a), group(b), group(c), group(d), group(e)]
    },
    also: Vec::new,
};

/// Points by group, at most so many each.
pub(super) struct ByGroup(pub(super) i64);

impl Kind for ByGroup {
    type Read<'a> = Vec<(MemberGroup, Points)>;

    fn read(&self, value: Value<'_>) -> Option<Self::Read<'_>> {
        let table = value.table(&GROUPS)?;
        let points = |(group, name): &(MemberGroup, &'static str)| {
            let points = InPoints(1..=self.0).read(table.get(name)?)?;
            Some((*group, points))
        };
        Some(MemberGroup::ALL.iter().filter_map(points).collect())
    }

    fn schema(&self) -> Json {
        GROUPS.schema_of(|_| InPoints(1..=self.0).schema())
    }
}
