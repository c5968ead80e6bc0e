//! The test sheet of a printer: what a technician has to see before a village uses it.

use crate::wire::paper::{Align, Profile, QrPrint, Size, Slip};
use crate::words::{Say, SlipHead};

/// Characters that stand at the edges of what fonts have: common ones, rare surnames, signs, full width.
const CHARACTERS: &str = "禾月村储户积分善行 彧垚祎赟镕喆䶮 ，。：（）￥№①";
/// What GB18030 needs four bytes for: most printers show 〓.
const FOUR_BYTE: &str = "𠮷㐂";

/// The sheet: Chinese, sizes, a ruler as wide as the paper, a QR code, the cut.
pub fn test_slip(say: &Say<'_>, profile: &Profile, head: SlipHead<'_>, name: &str) -> Slip {
    let columns = profile.columns.to_string();
    let dots = profile.dots.to_string();
    let of = [
        ("profile", name),
        ("columns", columns.as_str()),
        ("dots", dots.as_str()),
    ];
    let digits = |from: usize| -> String {
        let digits = (from..=profile.columns)
            .map(|n| char::from_digit(u32::try_from(n % 10).unwrap_or(0), 10));
        digits.flatten().collect()
    };
    let drawn = match profile.qr {
        QrPrint::Native => "sheet-qr-native",
        QrPrint::Raster => "sheet-qr-raster",
    };
    Slip::default()
        .title(Size::Big, say.text("sheet-title"))
        .line(say.with("sheet-profile", &of))
        .line(say.with("receipt-when", &[("when", head.when)]))
        .rule()
        .line(say.text("sheet-ruler"))
        .line(digits(1))
        .line("月".repeat(profile.columns / 2))
        .line(say.text("sheet-edge"))
        .rule()
        .line(CHARACTERS)
        .line(say.with("sheet-four", &[("characters", FOUR_BYTE)]))
        .line(say.text("sheet-yen"))
        .sized(Size::Tall, say.text("sheet-tall"))
        .sized(Size::Big, say.text("sheet-big"))
        .styled(say.text("sheet-bold"), Align::Centre, Size::Normal, true)
        .pair(say.text("sheet-left"), say.text("sheet-right"))
        .rule()
        .line(say.text(drawn))
        .qr(format!("WR1:{}-0:TEST", head.station))
        .line(say.text("sheet-cut"))
}
