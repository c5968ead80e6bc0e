//! The attendant's menu, with what has just been done above it.

use crate::app::context::{Ask, Context, Transition};
use crate::app::screens::{State, more};
use crate::app::{
    Answer, CheckupList, Close, Devices, Effect, Exports, Holds, Model, More, Operations, Which,
    Working,
};
use crate::domain::{Fact, Role, Text, TriedPins};
use crate::panel::{Body, Choice, Panel, Tone};
use crate::services::DAY_TASK;

/// The attendant's menu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// Wrong PINs on colleagues' badges, told once.
    pub tried: Vec<TriedPins>,
    /// The list of holds was asked for, not only their number.
    opening: bool,
}

/// The most entries that fit on the page of a technician.
const MOST: usize = 7;

/// What everybody at the desk may do.
fn everybodys(context: &Context<'_>) -> Vec<Choice<Transition>> {
    let model = context.model;
    let holds = Text::of("desk-holds").fact("count", Fact::many(model.open_holds));
    let operations = match (model.printer.in_trouble(), model.doubted) {
        (0, 0) => Text::of("desk-operations"),
        (0, some) => Text::of("desk-operations-doubted").fact("count", Fact::many(some)),
        (slips, _) => Text::of("desk-operations-look").fact("count", Fact::many(slips)),
    };
    let exports = look(
        model.export.wants_a_look(),
        ["desk-exports", "desk-exports-look"],
    );
    let off = context.staff().map(|staff| Ask::OffDuty(staff.id.clone()));
    let off = Transition {
        ask: off,
        ..Transition::end()
    };
    // A missed export is said there for the last time.
    let missed = model.export.missed;
    let export = Transition::open(Exports { missed }).asking(Ask::MissedRead);
    let open = Transition::change(Desk {
        opening: true,
        ..Desk::default()
    })
    .and(Effect::LoadHolds);
    let holds = Choice::item(holds, open);
    let operations = Choice::item(
        operations,
        Transition::want(Effect::LoadOperations(Which::Last)),
    );
    let off = Choice::item(Text::of("desk-off-duty"), off).neutral();
    let exports = Choice::item(exports, export.and(Effect::LoadExports));
    // What is done most stands first. However many tasks there are, no other button moves.
    let mut tasks = more::choices(context.staff());
    let first = tasks.next();
    let more = Choice::item(Text::of("desk-more"), Transition::open(More));
    let more = tasks.next().map(|_| more);
    let all = [
        Some(holds),
        first,
        Some(operations),
        // Beside the operations that it is about.
        day_task(context),
        more,
        Some(off),
        Some(exports),
    ];
    all.into_iter().flatten().collect()
}

/// Which day it is, while the clock is wrong or somebody shall look at what was booked meanwhile.
fn day_task(context: &Context<'_>) -> Option<Choice<Transition>> {
    let label = match (context.today().is_doubted(), context.model.doubted) {
        (false, 0) => return None,
        (true, 0) => Text::of(DAY_TASK.label),
        (_, some) => Text::of("task-day-look").fact("count", Fact::many(some)),
    };
    let staff = context.staff().filter(|staff| staff.may(DAY_TASK.least));
    staff.map(|_| Choice::item(label, Transition::open(Working::new(DAY_TASK))))
}

/// What a technician may do.
fn technicians(model: &Model) -> Vec<Choice<Transition>> {
    let checkup = look(
        model.checkup.wants_a_look(),
        ["desk-checkup", "desk-checkup-look"],
    );
    let exit = Transition::open(Close);
    let devices = Transition::open(Devices::default());
    vec![
        Choice::item(Text::of("desk-exit"), exit).tone(Tone::Finish),
        Choice::item(checkup, Transition::open(CheckupList)),
        Choice::item(Text::of("desk-devices"), devices),
    ]
}

/// The label, or the one that says that somebody should look.
fn look(wanted: bool, [label, look]: [&'static str; 2]) -> Text {
    Text::of(if wanted { look } else { label })
}

impl Desk {
    /// Wrong PINs on colleagues' badges, one after the other; `None` where there were none.
    fn tried(&self) -> Option<Text> {
        let each = self.tried.iter().map(|one| {
            let id = if one.freed {
                "desk-tried-freed"
            } else {
                "desk-tried-one"
            };
            Text::of(id)
                .fact("name", Fact::Code(one.name.clone()))
                .count(one.count)
                .into()
        });
        let who = Text::row(each).into();
        (!self.tried.is_empty()).then(|| Text::of("desk-tried").fact("who", who))
    }
}

impl State for Desk {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let staff = context.staff();
        let name = staff.map_or_else(String::new, |staff| staff.name.clone());
        let technician = staff.is_some_and(|staff| staff.role >= Role::Technician);
        // Who has no button for it can only call somebody.
        let title = if context.model.checkup.wants_a_look() && !technician {
            "desk-who-checkup"
        } else {
            "desk-who"
        };
        let title = Text::of(title).fact("name", Fact::Code(name));
        let mut entries = everybodys(context);
        if technician {
            entries.extend(technicians(context.model));
        }
        let body = Body::Menu {
            most: MOST,
            places: entries.len(),
            empty: None,
        };
        Panel {
            devices: true,
            hint: "demo-desk",
            ..Panel::staff(context.news_or(self.tried().unwrap_or(title)), body)
        }
        .items(entries)
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        if let Answer::Operations(list) = answer {
            return Transition::open(Operations::new(list));
        }
        if let Answer::TriedPins(tried) = answer {
            self.tried.clone_from(tried);
        }
        if let (Answer::OpenHolds(list), true) = (answer, std::mem::take(&mut self.opening)) {
            return Transition::open(Holds { list: list.clone() });
        }
        Transition::stay()
    }
}
