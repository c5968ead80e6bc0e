//! Between texts on disk and the types of the rules: a text that does not parse is damage.

use super::error::StoreError;
use crate::domain::{AccountId, ItemCode, OptionCode, RuleCode, StaffId, UnitCode, Wish};
use serde_json::Value as Json;

fn damaged(what: &str, text: &str) -> StoreError {
    StoreError::Corrupt(format!("{what} {text:?}"))
}

/// The entry of a table of names.
pub(super) fn named<T: Copy>(all: &[(T, &str)], name: &str) -> Result<T, StoreError> {
    all.iter()
        .find(|(_, known)| *known == name)
        .map(|(value, _)| *value)
        .ok_or_else(|| damaged("unknown name", name))
}

/// An account's name.
pub(super) fn account(text: &str) -> Result<AccountId, StoreError> {
    AccountId::parse(text).ok_or_else(|| damaged("account", text))
}

/// A member of staff.
pub(super) fn staff(text: &str) -> Result<StaffId, StoreError> {
    StaffId::parse(text).ok_or_else(|| damaged("staff", text))
}

/// A reward.
pub(super) fn item(text: &str) -> Result<ItemCode, StoreError> {
    ItemCode::parse(text).ok_or_else(|| damaged("reward", text))
}

/// A reward's variant.
pub(super) fn option(text: &str) -> Result<OptionCode, StoreError> {
    OptionCode::parse(text).ok_or_else(|| damaged("variant", text))
}

/// A unit's name.
pub(super) fn unit(text: &str) -> Result<UnitCode, StoreError> {
    if text == "POINTS" {
        return Ok(UnitCode::Points);
    }
    text.strip_prefix("I-")
        .and_then(ItemCode::parse)
        .map(UnitCode::Item)
        .ok_or_else(|| damaged("unit", text))
}

/// The part of a body that belongs to its kind.
pub(super) fn what(body: &str) -> Result<Json, StoreError> {
    let mut json: Json = serde_json::from_str(body).map_err(|_| damaged("body", body))?;
    json.get_mut("what")
        .map(Json::take)
        .ok_or_else(|| damaged("body", body))
}

/// What a redemption's body says was chosen.
pub(super) fn wish(what: &Json) -> Option<Wish> {
    let option = match what.get("option") {
        Some(code) => Some(OptionCode::parse(code.as_str()?)?),
        None => None,
    };
    Some(Wish {
        item: ItemCode::parse(what.get("item")?.as_str()?)?,
        option,
        quantity: what.get("quantity")?.as_i64()?,
    })
}

/// The rule in the body of a credit.
pub(super) fn rule(what: &Json) -> Option<RuleCode> {
    RuleCode::parse(what.get("rule")?.as_str()?)
}
