//! Readers behind a feature, and the ports that go with them.

use super::check;

/// A station with one reader on this port.
#[track_caller]
fn with(port: &str, format: &str, more: &str, want: &[&str]) {
    let reader = format!(
        "[[reader]]\nname = \"a\"\nport = \"{port}\"\nformat = \"{format}\"\n{more}[station]"
    );
    check("[station]", &reader, want);
}

const WEDGE: &str = "/dev/input/by-id/usb-Scanner-event-kbd";

#[test]
fn a_program_without_the_feature_says_so() {
    for (port, format, built, feature) in [
        (WEDGE, "wedge", cfg!(feature = "evdev"), "evdev"),
        ("pcsc:*", "pcsc", cfg!(feature = "pcsc"), "pcsc"),
        ("pcsc:ACS ACR122U", "pcsc", cfg!(feature = "pcsc"), "pcsc"),
    ] {
        let fault = format!(
            "station.toml:4:10: `format` is \"{format}\"; this program was built without `{feature}` (docs/DEVICES.md)"
        );
        let want = [fault.as_str()];
        let want: &[&str] = if built { &[] } else { &want };
        with(port, format, "", want);
    }
}

#[test]
fn ports_and_formats_that_do_not_go_together() {
    with(
        WEDGE,
        "lines",
        "",
        &["station.toml:4:10: `format` is \"lines\"; a port in /dev/input is for \"wedge\""],
    );
    with(
        "pcsc:*",
        "pn532",
        "",
        &[
            "station.toml:4:10: `format` is \"pn532\"; a port that begins with pcsc: is for \"pcsc\"",
        ],
    );
    with(
        "pcsc:",
        "pn532",
        "",
        &["station.toml:3:8: `port` is \"pcsc:\"; write a path such as /dev/serial/by-id/usb-1a86"],
    );
    with(
        "sim:gm65",
        "wedge",
        "baud = 9600\n",
        &[
            "station.toml:4:10: `format` is \"wedge\"; sim:gm65 speaks \"gm65\" or \"lines\"",
            "station.toml:5:8: `baud` is for em4100 and lines and pn532 and gm65; take it out, or correct `format`",
        ],
    );
}

#[cfg(feature = "evdev")]
#[test]
fn a_wedge_is_an_input_device() {
    with(
        "/dev/ttyS0",
        "wedge",
        "",
        &[
            "station.toml:4:10: `format` is \"wedge\"; its `port` is /dev/input/by-id/ and a name that ends with -event-kbd",
        ],
    );
}

#[cfg(feature = "pcsc")]
#[test]
fn a_card_reader_of_pcscd_has_a_name() {
    with(
        "/dev/ttyS0",
        "pcsc",
        "",
        &[
            "station.toml:4:10: `format` is \"pcsc\"; its `port` is \"pcsc:*\", or pcsc: and a part of the reader's name",
        ],
    );
}
