//! Pictures of every screen, to be looked at by people: `cargo test --test pictures`. No part of a plain `cargo test`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "a walk that has no stage must fail; it uses a part of the stage"
)]

mod device;
#[path = "../../equipment/mod.rs"]
mod equipment;
#[path = "../folder.rs"]
mod folder;
mod picture;
mod players;
mod stage;
mod technician;
mod tools;
mod tour;

fn main() {
    tour::pictures_of_every_screen();
}
