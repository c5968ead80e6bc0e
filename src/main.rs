//! Arguments in, command out.

fn main() {}
