//! Panels by themselves: any number of entries finds its pages, and what is typed is never told.

use wenming::app::Key;
use wenming::domain::{Fact, Prompt, Text};
use wenming::panel::{Body, Choice, Footer, Panel, Typing};

/// What a choice of these tests does.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    Take(usize),
    Turn(usize),
}

fn entries(body: &Body, rows: u16, count: usize, page: usize) -> Panel<Act> {
    let entries = (0..count).map(|n| Choice::item(Text::of("back"), Act::Take(n)));
    Panel::new(Text::of("back"), body.clone(), Prompt::Staff)
        .items(entries)
        .paged(page, rows, Act::Turn)
}

/// Presses 1, 2, 3 and so on, then 9, until nothing more comes.
fn reached(body: &Body, rows: u16, count: usize) -> (Vec<usize>, usize) {
    let (mut reached, mut page) = (Vec::new(), 0);
    loop {
        let panel = entries(body, rows, count, page);
        assert!(panel.choice(Key::Digit(0)).is_none(), "0 is back");
        for digit in 1..8 {
            if let Some(choice) = panel.choice(Key::Digit(digit)) {
                let Act::Take(entry) = choice.act else {
                    unreachable!("{choice:?}");
                };
                reached.push(entry);
            }
        }
        let back = panel.choice(Key::Digit(8)).map(|choice| &choice.act);
        assert_eq!(back, page.checked_sub(1).map(Act::Turn).as_ref());
        match panel.choice(Key::Digit(9)).map(|choice| &choice.act) {
            Some(Act::Turn(to)) => page = *to,
            None => return (reached, panel.pages),
            Some(Act::Take(entry)) => unreachable!("9 takes {entry}"),
        }
    }
}

#[test]
fn any_number_of_entries_is_reached_by_digits_and_pages() {
    let menu = |most| Body::Menu {
        most,
        places: most,
        empty: None,
    };
    let empty = Text::of("back");
    let list = Body::List { empty };
    for count in 0..60 {
        for (body, rows, one_page, a_page) in [
            (menu(6), 16, 6, 4),
            (menu(7), 20, 7, 4),
            (menu(6), 21, 6, 6),
            (menu(7), 40, 7, 6),
            (list.clone(), 20, 4, 4),
            (list.clone(), 21, 6, 6),
            (list.clone(), 25, 7, 7),
        ] {
            let (all, pages) = reached(&body, rows, count);
            assert_eq!(all, (0..count).collect::<Vec<_>>(), "{body:?} {count}");
            let want = if count <= one_page {
                1
            } else {
                count.div_ceil(a_page)
            };
            assert_eq!(pages, want, "{body:?} {count}");
        }
    }
}

#[test]
fn a_page_that_is_no_more_shows_the_last_one() {
    let empty = Text::of("back");
    let panel = entries(&Body::List { empty }, 16, 6, 40);
    let last = panel.choice(Key::Digit(2)).unwrap();
    assert_eq!(last.act, Act::Take(5));
    let told = |name: &str| panel.title.facts.iter().find(|(known, _)| *known == name);
    assert_eq!(told("page"), Some(&("page", Fact::Count(2))));
    assert_eq!(told("pages"), Some(&("pages", Fact::Count(2))));
}

#[test]
fn digits_are_told_only_where_they_choose() {
    let panel = || Panel::<Act>::new(Text::of("back"), Body::Own, Prompt::Staff);
    let choice = || Choice::new(Key::Digit(1), Text::of("back"), Act::Take(1));
    let footed = |footer| {
        let mut panel = panel();
        panel.footer = footer;
        panel
    };
    // 0 is back there.
    assert!(footed(Footer::Choosing).tells_digits());
    for footer in [Footer::Typing, Footer::Idle, Footer::Home] {
        assert!(!footed(footer).tells_digits(), "{footer:?}");
        assert!(footed(footer).with([choice()]).tells_digits(), "{footer:?}");
    }
    for typing in [Typing::Card, Typing::Pin] {
        let mut panel = panel().with([choice()]);
        panel.typing = Some(typing);
        assert!(!panel.tells_digits(), "{typing:?}");
    }
}
