//! The first of the integration tests: installs what the others need, or names all that is missing in one message.
//!
//! `EQUIP=benches`, `EQUIP=pcsc` or `EQUIP=boot` before `cargo test --test equipment` is for those instead.

#[path = "mod.rs"]
mod equipment;

use equipment::Need;

#[test]
fn what_the_tests_need_is_there() {
    let wanted = std::env::var_os("EQUIP").unwrap_or("tests".into());
    let need = Need::ALL.iter().find(|(_, name)| wanted == *name);
    let Some((need, _)) = need else {
        panic!("EQUIP is {wanted:?}, and may be tests, benches, pcsc or boot");
    };
    if let Err(missing) = equipment::equip(*need) {
        panic!("{missing}");
    }
}
