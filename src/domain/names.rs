//! Enums whose values have a name in files, tables and sentences' ids.
//!
//! A macro of ours and no crate: the names are read in constant tables, by pairs, as the config and the ledger want them.

/// Declares an enum, each value with its name: `names! { /// Why. pub enum Why { /// Asked. Asked = "asked", } }`.
///
/// It gets `ALL`, the pairs in the order of the declaration; `name`; and `parse`, the value of a name.
macro_rules! names {
    (
        $(#[$about:meta])*
        $vis:vis enum $of:ident { $($(#[$doc:meta])* $value:ident = $name:literal),+ $(,)? }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $of { $($(#[$doc])* $value),+ }

        impl $of {
            /// Every value with its name, in order.
            $vis const ALL: [(Self, &'static str); [$($name),+].len()] = [$((Self::$value, $name)),+];

            /// The name of the value.
            $vis const fn name(self) -> &'static str {
                match self { $(Self::$value => $name),+ }
            }

            /// The value of a name.
            $vis fn parse(name: &str) -> Option<Self> {
                let found = Self::ALL.into_iter().find(|(_, own)| *own == name);
                found.map(|(value, _)| value)
            }
        }
    };
}

pub(crate) use names;

#[cfg(test)]
mod tests {
    names! {
        /// An example.
        enum Way {
            In = "in",
            Out = "way-out",
        }
    }

    #[test]
    fn a_value_has_one_name_and_comes_back_from_it() {
        assert_eq!(Way::ALL, [(Way::In, "in"), (Way::Out, "way-out")]);
        assert_eq!(Way::Out.name(), "way-out");
        assert_eq!(Way::parse("way-out"), Some(Way::Out));
        assert_eq!(Way::parse("out"), None);
    }
}
