//! What only rules that take points have: amounts that grow from time to time, and what is given back.

use crate::config::fields::form;
use crate::config::kind::{InPoints, Kind, Whole};
use crate::config::table::Value;
use crate::domain::{Points, Remedy, Text};
use serde_json::{Value as Json, json};

/// The most different amounts.
const MAX_STEPS: usize = 5;
/// The most days in which something can be put right.
const MAX_DAYS: i64 = 90;

/// Two to five amounts, each more than the one before.
pub(super) struct Steps(pub(super) i64);

impl Kind for Steps {
    type Read<'a> = Vec<Points>;

    fn read(&self, value: Value<'_>) -> Option<Vec<Points>> {
        let all = value.entries();
        if !(2..=MAX_STEPS).contains(&all.len()) {
            value.wrong(Text::of("right-steps"));
            return None;
        }
        let amount = InPoints(1..=self.0);
        let steps: Vec<_> = all.into_iter().map(|at| amount.read(at)).collect();
        let steps: Vec<Points> = steps.into_iter().collect::<Option<_>>()?;
        if !steps.is_sorted_by(|a, b| a < b) {
            value.wrong(Text::of("right-steps-rise"));
            return None;
        }
        Some(steps)
    }

    fn schema(&self) -> Json {
        let amount = InPoints(1..=self.0).schema();
        json!({ "type": "array", "items": amount, "minItems": 2, "maxItems": MAX_STEPS })
    }
}

/// What is given back, or the word that nothing is.
pub(super) struct Mending;

const NONE: &str = "none";

impl Kind for Mending {
    type Read<'a> = Option<Remedy>;

    fn read(&self, value: Value<'_>) -> Option<Option<Remedy>> {
        if value.raw().as_str() == Some(NONE) {
            return Some(None);
        }
        if value.raw().as_table().is_none() {
            value.wrong(Text::of("right-remedy"));
            return None;
        }
        remedy(&value.table(&REMEDY)?).map(Some)
    }

    fn schema(&self) -> Json {
        json!({ "oneOf": [{ "type": "string", "const": NONE }, REMEDY.schema()] })
    }
}

form! {
    /// What someone gets back who puts it right in time.
    REMEDY "{ days, back }" fn remedy(table) -> Remedy {
        /// Within how many days, 1 to 90.
        days "days": Whole(1..=MAX_DAYS), need;
        /// How much of it, in hundredths, 1 to 100.
        back "back": Whole(1..=100), need;
    }
}
