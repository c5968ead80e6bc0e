//! What one run has to bring to a sink.

use super::files::Files;
use super::not_sent::NotSent;
use super::outbox::{Held, Outbox};
use crate::bundle::Origin;
use crate::domain::Text;
use crate::store::io_told;
use std::sync::Arc;

/// What is sent, and from where.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) files: Arc<dyn Files>,
    pub(super) outbox: Outbox,
    pub(super) origin: Origin,
    pub(super) held: Vec<Held>,
}

impl Load {
    /// The bytes of a bundle in the outbox; they are those that the survey of this run has hashed.
    pub(super) fn content(&self, name: &str) -> Result<Vec<u8>, NotSent> {
        let missing = |why| NotSent::Unread(name.to_owned(), why);
        match self.outbox.read(self.files.as_ref(), name) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(missing(Text::of("sink-bundle-gone"))),
            Err(error) => Err(missing(io_told(&error))),
        }
    }
}
