//! The steps that begin with `expect`: what shall be so.

/// What shall be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expectation {
    /// The screen shows this.
    Shown(String),
    /// The screen does not show this.
    NotShown(String),
    /// The card's account has so many points free, on disk.
    Points(String, i64),
    /// So many holds are open, on disk.
    Holds(usize),
    /// The newest operation of this kind has all this in its body, on disk.
    Op(String, serde_json::Map<String, serde_json::Value>),
    /// A query that only reads gives this, on disk.
    Sql(String, String),
    /// The newest operation with legs is of this kind.
    Last(String),
    /// The newest slip out of the printer says this.
    Paper(String),
    /// So many slips came out of the printer.
    Slips(usize),
    /// The button with this label looks pressed.
    Pressed(String),
    /// No button looks pressed.
    Released,
    /// What was said last, to be heard by everyone, says this.
    Heard(String),
    /// The screen in front, by its name in the code.
    Screen(String),
    /// The colours in front.
    Theme(String),
    /// What is kept with the card's account, on disk: language and colours, or `none`.
    Look(String, String),
    /// These bundles wait in the outbox, on disk.
    Outbox(Bundles),
    /// These bundles lie at the sink with this name, on disk.
    Sink(String, Bundles),
}

/// Which bundles lie in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bundles {
    /// So many.
    Count(usize),
    /// Those with these operations, as `from-to`, in order.
    Ranges(Vec<String>),
}

pub(super) fn expectation(
    word: &str,
    rest: &str,
    wrong: impl Fn(&str) -> String,
) -> Result<Expectation, String> {
    match word {
        "expect" => Ok(Expectation::Shown(rest.to_owned())),
        "expect-not" => Ok(Expectation::NotShown(rest.to_owned())),
        "expect-ledger" => points(rest).ok_or_else(|| wrong("`expect-ledger 0005591234 160`")),
        "expect-holds" => rest
            .parse()
            .map(Expectation::Holds)
            .map_err(|_| wrong("`expect-holds 1`")),
        "expect-pressed" if rest.is_empty() => Ok(Expectation::Released),
        "expect-pressed" => Ok(Expectation::Pressed(rest.to_owned())),
        "expect-theme" => Ok(Expectation::Theme(rest.to_owned())),
        "expect-look" => rest
            .split_once(' ')
            .map(|(card, look)| Expectation::Look(card.to_owned(), look.to_owned()))
            .ok_or_else(|| wrong("`expect-look 0005591234 en contrast` or `none`")),
        "expect-screen" => Ok(Expectation::Screen(rest.to_owned())),
        "expect-op" => op(rest).ok_or_else(|| wrong("`expect-op award {\"n\":2}`")),
        "expect-sql" => {
            sql(rest).ok_or_else(|| wrong("`expect-sql \"SELECT count(*) FROM operation\" 8`"))
        }
        "expect-last" => Ok(Expectation::Last(rest.to_owned())),
        "expect-outbox" => bundles(rest)
            .map(Expectation::Outbox)
            .ok_or_else(|| wrong("`expect-outbox 2` or `expect-outbox 1-1288 1289-1294`")),
        "expect-sink" => rest
            .split_once(' ')
            .and_then(|(sink, rest)| Some(Expectation::Sink(sink.to_owned(), bundles(rest)?)))
            .ok_or_else(|| wrong("`expect-sink NAME 2` or `expect-sink NAME 1-1288 1289-1294`")),
        "expect-heard" => Ok(Expectation::Heard(rest.to_owned())),
        "expect-paper" => Ok(Expectation::Paper(rest.to_owned())),
        "expect-slips" => rest
            .parse()
            .map(Expectation::Slips)
            .map_err(|_| wrong("`expect-slips 1`")),
        _ => Err(format!(
            "`{word}` is no step; steps are tap, scan, badge, sign, press, choose, record, pin, touch, down, drag, up, \
             scroll, reader, printer, stick, acknowledge, wait, within, clock, crash, off, reload, size, \
             screen, ledger, expect, expect-not, expect-ledger, expect-holds, expect-last, expect-op, expect-sql, expect-outbox, \
             expect-sink, expect-pressed, expect-screen, expect-theme, expect-look, expect-slips, expect-paper, expect-heard"
        )),
    }
}

fn op(rest: &str) -> Option<Expectation> {
    let (kind, what) = rest.split_once(' ')?;
    let what = serde_json::from_str(what).ok()?;
    Some(Expectation::Op(kind.to_owned(), what))
}

fn sql(rest: &str) -> Option<Expectation> {
    let (query, want) = rest.strip_prefix('"')?.rsplit_once('"')?;
    let want = want.trim().to_owned();
    Some(Expectation::Sql(query.to_owned(), want))
}

fn points(rest: &str) -> Option<Expectation> {
    let (card, points) = rest.split_once(' ')?;
    let points = points.trim().parse().ok()?;
    Some(Expectation::Points(card.to_owned(), points))
}

/// A number of bundles, or which operations they hold. One with a heartbeat only ends before it begins.
fn bundles(rest: &str) -> Option<Bundles> {
    if let Ok(count) = rest.trim().parse() {
        return Some(Bundles::Count(count));
    }
    let range = |text: &str| {
        let (from, to) = text.split_once('-')?;
        let (from, to): (u64, u64) = (from.parse().ok()?, to.parse().ok()?);
        Some(format!("{from}-{to}"))
    };
    let ranges: Option<Vec<String>> = rest.split_whitespace().map(range).collect();
    ranges.filter(|all| !all.is_empty()).map(Bundles::Ranges)
}

/// A line with one blank where there are several: where a column begins is for the eye only.
pub(super) fn single_spaced(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
