//! Keys by what they mean, whichever device they come from.

/// What a person means, whether by keyboard, keypad or finger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A choice or a digit, 0 to 9.
    Digit(u8),
    /// 确定.
    Enter,
    /// 返回, or rub out the last digit.
    Back,
    /// 叫人帮忙.
    Help,
    /// 办完了.
    Finish,
    /// The other language.
    Language,
    /// The other colours.
    Theme,
    /// Say it again, read it, cover it.
    Aid(Aid),
}

/// What a person asks of the station itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aid {
    /// 再听一遍.
    Again,
    /// 读给我听: the figures too.
    Read,
    /// 遮住积分, and 点这里看.
    Cover,
}
