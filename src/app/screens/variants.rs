//! The variants of a reward, each with its own price.

use crate::app::Answer;
use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::rewards::{gone, one};
use crate::domain::{Fact, ItemCode, ItemOption, Prompt, Text, Wish};
use crate::panel::{Body, Choice, MENU_A_PAGE, Panel};

/// The screen of variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variants {
    /// Of which reward.
    pub item: ItemCode,
}

impl State for Variants {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let spoken = Prompt::Variants(self.item.clone());
        let item = context.config.catalogue.item(&self.item);
        let (Some(item), Some(holder)) = (item, context.holder()) else {
            return gone(spoken);
        };
        let choice = |option: &ItemOption| {
            let points = option
                .prices
                .for_member(&holder.member, context.today().latest_year());
            let wish = Wish {
                item: self.item.clone(),
                option: Some(option.code.clone()),
                quantity: 1,
            };
            let label = Text::row([Fact::Named(option.name.clone())]);
            Choice::item(label, context.price(&wish)).note(Text::of("price").points(points))
        };
        let title = Text::of("variants-which");
        let body = Body::Menu {
            most: MENU_A_PAGE,
            places: MENU_A_PAGE,
            empty: None,
        };
        Panel::new(
            title.fact("item", Fact::Reward(self.item.clone())),
            body,
            spoken,
        )
        .items(item.options.iter().map(choice))
    }

    fn answer(&mut self, answer: &Answer, context: &Context<'_>) -> Transition {
        one(answer, context)
    }
}
