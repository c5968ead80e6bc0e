//! Clones: lines of `src` that stand twice.

use super::{Token, sources, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// So many lines, one after the other, are a clone where they stand elsewhere as well.
const LINES: usize = 6;

/// So many of them must say something: the ends of two functions and a row of braces are alike everywhere.
const SAYING: usize = 4;

/// A line that counts, with its number from 1 and whether it says something.
type Line<'a> = (usize, &'a str, bool);

/// The lines of a file that count, without their margins. Blank lines, comments, imports, attributes and the frame of
/// the tests do not: a clone goes on behind them. A line of signs alone, or of text in quotes alone, as the rows of a
/// table are, says nothing.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut in_use = false;
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        in_use |= line.starts_with("use ") || (line.starts_with("pub") && line.contains(" use "));
        let is_frame = line.is_empty() || line == "mod tests {";
        if !in_use && !is_frame && !line.starts_with("//") && !line.starts_with("#[") {
            let says = tokens(line).iter().any(|t| matches!(t, Token::Word(_)));
            lines.push((number, line, says));
        }
        in_use &= !line.ends_with(';');
    }
    lines
}

/// All clones of some files, each by both of its places and its first line.
fn clones(sources: &[(String, String)]) -> Vec<String> {
    let files: Vec<(&str, Vec<Line<'_>>)> = sources
        .iter()
        .map(|(path, text)| (path.as_str(), lines(text)))
        .collect();
    let mut places: BTreeMap<Vec<&str>, Vec<(usize, usize)>> = BTreeMap::new();
    for (file, (_, lines)) in files.iter().enumerate() {
        for (at, run) in lines.windows(LINES).enumerate() {
            if run.iter().filter(|(_, _, says)| *says).count() >= SAYING {
                let run = run.iter().map(|(_, line, _)| *line).collect();
                places.entry(run).or_default().push((file, at));
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for places in places.values() {
        for (n, first) in places.iter().enumerate() {
            pairs.extend(places[n + 1..].iter().map(|other| (*first, *other)));
        }
    }
    // A longer clone is told once, where it begins.
    let goes_on = |((a, m), (b, n)): ((usize, usize), (usize, usize))| {
        m > 0 && n > 0 && pairs.contains(&((a, m - 1), (b, n - 1)))
    };
    let place = |(file, at): (usize, usize)| {
        let (path, lines) = &files[file];
        format!("{path}:{}", lines[at].0)
    };
    let begins = pairs.iter().copied().filter(|pair| !goes_on(*pair));
    begins
        .map(|(one, other)| {
            let first = files[one.0].1[one.1].1;
            format!(
                "{} and {} say the same: {first} ..",
                place(one),
                place(other)
            )
        })
        .collect()
}

#[test]
fn no_six_lines_stand_twice() {
    let clones = clones(&sources("src"));
    assert!(clones.is_empty(), "\n{}\n", clones.join("\n"));
}

/// What is found in two files.
#[track_caller]
fn check(a: &str, b: &str, want: &[&str]) {
    let files = [("src/a.rs", a), ("src/b.rs", b)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    assert_eq!(clones(&files), want, "{a} | {b}");
}

#[test]
fn a_clone_is_named_by_both_places() {
    let six = "one();\ntwo();\nif three {\nfour();\nfive();\n}\n";
    let spread =
        "fn b() {\n  one();\n  // why\n  two();\n\n  if three {\n    four();\n    five();\n  }\n";
    check(
        six,
        spread,
        &["src/a.rs:1 and src/b.rs:2 say the same: one(); .."],
    );
    let seven = format!("zero();\n{six}");
    let longer = ["src/a.rs:1 and src/b.rs:1 say the same: zero(); .."];
    check(&seven, &seven, &longer);
    let twice = format!("{six}other();\n{six}");
    check(
        &twice,
        "",
        &["src/a.rs:1 and src/a.rs:8 say the same: one(); .."],
    );
}

#[test]
fn what_is_alike_everywhere_is_no_clone() {
    for alike in [
        "one();\ntwo();\nthree();\nfour();\nfive();\n",
        "Ok(())\n}\n}\n}\n#[cfg(test)]\nmod tests {\n#[test]\n#[test]\n",
        "use a::A;\npub(super) use b::{\nB,\nC,\nD,\n};\nuse c::C;\nuse d::D;\nuse e::E;\n",
        "\"a\",\n\"b\",\n\"c\",\n\"d\",\n\"e\",\n\"f\",\n\"g\",\n",
        "// a\n// b\n// c\n// d\n// e\n// f\n",
    ] {
        check(alike, alike, &[]);
    }
}
