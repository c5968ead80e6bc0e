//! `form!`: the fields of a table, each declared once. Of the declaration are made the `Form`, for the list of known keys
//! and the JSON schema, and a function that reads the table.
//!
//! ```text
//! form! {
//!     /// What the table is for.
//!     CAP "{ points, per }" fn cap(table, least: i64) -> RuleCap {
//!         /// What the key is for.
//!         points "points": InPoints(1..=MAX), need as InPoints(least..=MAX);
//!         /// Within which period.
//!         period "per": Choice(&Period::ALL), need;
//!     }
//! }
//! ```
//!
//! A field is a name for the value, the key, the kind, and whether the key is there: `need`; `may`, which gives an
//! `Option`; or `usual(value)` in its place. After it may follow, in this order: `if "key" in ["word", ..]`, beside these
//! words of another key alone (`if "key" or "word" in ..` where that key may be left out and then means that word), which
//! gives an `Option` as well; `as kind`, the kind by which it is read where that depends
//! on fields before it; `=> |value, read| ..`, what becomes of it.
//!
//! After the fields may follow `also schema;`, what the schema must say of several fields, and `check { .. }`, where
//! every field is an `Option`. The function gives the struct of its type with the fields of these names, or what stands
//! after `=>` behind the braces. Every field is read before the first one that is missing ends it.

use crate::config::table::Value;

/// What becomes of a value that has been read.
pub(super) fn then<'a, T, U>(
    value: Value<'a>,
    read: T,
    make: impl FnOnce(Value<'a>, T) -> Option<U>,
) -> Option<U> {
    make(value, read)
}

macro_rules! form {
    (
        $(#[doc = $about:literal])+
        $form:ident $title:literal
        fn $read:ident($table:ident $(, $arg:ident: $arg_type:ty)*) -> $made:path {
            $(
                $(#[doc = $doc:literal])+
                $name:ident $key:literal: $kind:expr, $need:ident $(($usual:expr))?
                $(if $tag:literal $(or $left_out:literal)? in [$($word:literal),+])? $(as $real:expr)? $(=> $then:expr)?;
            )+
            $(also $also:expr;)*
            $(check { $($check:tt)* })?
        }
        $(=> $done:expr)?
    ) => {
        pub(super) static $form: $crate::config::form::Form = $crate::config::form::Form {
            title: $title,
            about: concat!($($about),+),
            fields: &[$($crate::config::form::Field {
                key: $key,
                about: concat!($($doc),+),
                need: form!(@need $need),
                only: form!(@only $($tag [$($left_out)?] $($word)+)?),
                schema: || $crate::config::kind::Kind::schema(&$kind),
            }),+],
            also: || vec![$($also),*],
        };

        pub(super) fn $read(
            $table: &$crate::config::table::Table<'_>
            $(, $arg: $arg_type)*
        ) -> Option<$made> {
            $(
                let $name = $table.value($key).and_then(|value| {
                    let read = $crate::config::kind::Kind::read(&form!(@kind $kind $(, $real)?), value)?;
                    form!(@then value read $($then)?)
                });
            )+
            $($($check)*)?
            $(let $name = form!(@value $name $need $(($usual))? $($tag)?);)+
            Some(form!(@made [$made] [$($name)+] $($done)?))
        }
    };
    (@need need) => { true };
    (@need $other:ident) => { false };
    (@only) => { None };
    (@only $tag:literal [$($left_out:literal)?] $($word:literal)+) => {
        Some($crate::config::form::Only {
            tag: $tag,
            usual: form!(@usual $($left_out)?),
            words: &[$($word),+],
        })
    };
    (@usual) => { None };
    (@usual $left_out:literal) => { Some($left_out) };
    (@kind $kind:expr) => { $kind };
    (@kind $kind:expr, $real:expr) => { $real };
    (@then $value:ident $read:ident) => { Some($read) };
    (@then $value:ident $read:ident $then:expr) => { $crate::config::fields::then($value, $read, $then) };
    (@value $name:ident need) => { $name? };
    (@value $name:ident usual ($usual:expr) $($tag:literal)?) => { $name.unwrap_or_else(|| $usual) };
    (@value $name:ident $other:ident $($tag:literal)?) => { $name };
    (@made [$made:path] [$($name:ident)+]) => {{ type Made = $made; Made { $($name),+ } }};
    (@made [$made:path] [$($name:ident)+] $done:expr) => { $done };
}
pub(super) use form;
