//! What may become of any operation.

pub(super) mod rule;
