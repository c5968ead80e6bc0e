//! Between texts on disk and the types of the rules: a text that does not parse is damage.

use super::error::StoreError;
use crate::domain::json::{Map, Value};
use crate::domain::{
    AccountId, HouseholdCode, ItemCode, Kind, OptionCode, Phase, StaffId, UnitCode, Wish,
};
use crate::services;
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

/// People who live together.
pub(super) fn household(text: &str) -> Result<HouseholdCode, StoreError> {
    HouseholdCode::parse(text).ok_or_else(|| damaged("household", text))
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

/// The part of a body that belongs to its kind, as a map.
pub(super) fn what_map(body: &str) -> Result<Map, StoreError> {
    match Value::of(&what(body)?) {
        Some(Value::Map(map)) => Ok(map),
        Some(Value::Int(_) | Value::Text(_) | Value::List(_)) | None => Err(damaged("body", body)),
    }
}

/// The reward that a hold or its settlement is about, its variant, and how many; of other kinds `about` is something else.
pub(super) fn wish(kind: Kind, what: &Map) -> Option<Wish> {
    if kind.phase() == Phase::Single {
        return None;
    }
    let option = match what.get("option") {
        Some(code) => Some(OptionCode::parse(code.as_text()?)?),
        None => None,
    };
    Some(Wish {
        item: ItemCode::parse(what.get("about")?.as_text()?)?,
        option,
        quantity: what.get("n")?.as_int()?,
    })
}

/// The kind of that name.
pub(super) fn kind(name: &str) -> Result<Kind, StoreError> {
    services::kind(name).ok_or_else(|| damaged("unknown kind", name))
}
