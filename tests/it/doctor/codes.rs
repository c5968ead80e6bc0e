//! The code for the phone: what is packed comes back, and a slip of tongue or ear is seen.

use proptest::prelude::*;
use std::process::Command;
use wenming::domain::{Cause, Check, Code, CodeFault, Health};

const SIGNS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn pair() -> impl Strategy<Value = (Check, Cause)> {
    let mut all = Vec::new();
    for (check, _) in Check::ALL {
        let both = [Cause::NotLooked, Cause::Silent];
        let causes = check.causes().chain(both);
        all.extend(causes.map(|cause| (check, cause)));
    }
    all.retain(|(_, cause)| cause.health() > Health::Well);
    prop::sample::select(all)
}

fn code() -> impl Strategy<Value = Code> {
    prop::collection::vec(pair(), 0..20).prop_map(Code::pack)
}

/// The sign as it is meant, whatever was written.
fn meant(sign: char) -> char {
    match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_packed_comes_back(code in code()) {
        let text = code.to_string();
        prop_assert!(text.bytes().all(|b| b == b'-' || SIGNS.contains(&b)));
        let read = Code::read(&text).unwrap();
        prop_assert_eq!(read.pairs(), code.pairs());
        prop_assert_eq!(read.to_string(), text);
    }

    #[test]
    fn one_wrong_sign_is_seen(code in code(), at in any::<prop::sample::Index>(), sign in 0..36_u8) {
        let plain = code.to_string().replace('-', "");
        let mut signs: Vec<char> = plain.chars().collect();
        let at = at.index(signs.len());
        let sign = char::from_digit(sign.into(), 36).unwrap().to_ascii_uppercase();
        prop_assume!(meant(sign) != signs[at]);
        signs[at] = sign;
        let text: String = signs.into_iter().collect();
        prop_assert!(Code::read(&text).is_err(), "{} for {}", text, plain);
    }

    #[test]
    fn two_neighbours_the_wrong_way_round_are_seen(code in code(), at in any::<prop::sample::Index>()) {
        let plain = code.to_string().replace('-', "");
        let mut signs: Vec<char> = plain.chars().collect();
        let at = at.index(signs.len() - 1);
        prop_assume!(signs[at] != signs[at + 1]);
        signs.swap(at, at + 1);
        let text: String = signs.into_iter().collect();
        prop_assert!(Code::read(&text).is_err(), "{} for {}", text, plain);
    }

    #[test]
    fn a_sign_too_few_or_too_many_is_seen(code in code(), at in any::<prop::sample::Index>()) {
        let mut signs: Vec<char> = code.to_string().replace('-', "").chars().collect();
        let at = at.index(signs.len());
        let twice = signs[at];
        signs.insert(at, twice);
        prop_assert!(Code::read(&signs.iter().collect::<String>()).is_err());
        signs.drain(at..at + 2);
        prop_assert!(Code::read(&signs.iter().collect::<String>()).is_err());
    }

    #[test]
    fn anything_may_be_typed(text in any::<String>()) {
        if let Ok(code) = Code::read(&text) {
            prop_assert!(code.pairs().len() <= 63);
        }
    }
}

#[test]
fn the_program_explains_what_it_heard_and_refuses_what_it_misheard() {
    let code = Code::pack(vec![(Check::Card, Cause::PortDenied)]).to_string();
    let explain = |code: &str| {
        let args = ["doctor", "--lang=zh", "--explain", code];
        let ran = Command::new(super::WENMING).args(args).output().unwrap();
        let out = String::from_utf8(ran.stdout).unwrap();
        let errors = String::from_utf8(ran.stderr).unwrap();
        (ran.status.code(), out, errors)
    };
    let heard = code.to_lowercase().replace('1', "l").replace('-', " ");
    let (exit, out, errors) = explain(&heard);
    assert_eq!((exit, errors.as_str()), (Some(0), ""));
    assert!(out.contains(&code), "{out}");
    assert!(out.contains("没有权限打开端口"), "{out}");
    assert!(out.contains("sudo usermod -aG dialout wenming"), "{out}");
    let misheard = code.replacen('3', "8", 1);
    let (exit, out, errors) = explain(&misheard);
    assert_eq!((exit, out.as_str()), (Some(2), ""));
    assert!(errors.contains("misheard or mistyped"), "{errors}");
    assert_eq!(Code::read(&misheard), Err(CodeFault::Check));
    let well = Code::pack(Vec::new()).to_string();
    let (exit, out, _) = explain(&well);
    assert_eq!(exit, Some(0));
    assert!(out.contains("一切正常"), "{out}");
}
