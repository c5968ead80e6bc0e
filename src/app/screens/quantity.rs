//! How many of a reward, each number with what it costs.

use crate::app::Answer;
use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::screens::rewards::{gone, quoted};
use crate::domain::{Prompt, Text, Wish};
use crate::panel::{Body, Choice, MENU_A_PAGE, Panel};

/// The screen that asks for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// What was chosen so far, with a quantity of one.
    pub wish: Wish,
}

impl State for Quantity {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let spoken = Prompt::Quantity(self.wish.clone());
        let item = context.config.catalogue.item(&self.wish.item);
        let (Some(item), Some(holder)) = (item, context.holder()) else {
            return gone(spoken);
        };
        let option = self.wish.option.as_ref().and_then(|code| item.option(code));
        let prices = option.map_or(&item.prices, |option| &option.prices);
        let one = prices.for_member(&holder.member, context.today().latest_year());
        let numbers = (1..=item.max_quantity).take(MENU_A_PAGE);
        let choices: Vec<_> = numbers
            .map(|quantity| {
                let total = one.checked_times(quantity).unwrap_or(one);
                let wish = Wish {
                    quantity,
                    ..self.wish.clone()
                };
                Choice::item(
                    Text::of("quantity-some").pieces(&wish.item, quantity),
                    context.price(&wish),
                )
                .note(Text::of("price").points(total))
            })
            .collect();
        let body = Body::Menu {
            most: MENU_A_PAGE,
            places: choices.len(),
            empty: None,
        };
        let title = Text::of("quantity-which").item(&self.wish);
        Panel::new(title, body, spoken).items(choices)
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        quoted(answer)
    }
}
