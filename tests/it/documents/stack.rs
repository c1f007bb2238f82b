//! A batch for the printer: finished files as one, each as it is, with the mark of the mail room above each address (F47, F179).

use mainstay::documents::letter_pdf;
use mainstay::documents::letters::{Letter, Letterhead};
use mainstay::documents::pdf::export::About;
use mainstay::documents::pdf::stack::{Stack, Stamp, count_pages};
use mainstay::domain::customers::Language;
use mainstay::domain::ids::BillNumber;
use mainstay::i18n::Own;

use super::bill_pdf::{bill, made};
use crate::support::billing::day;
use crate::support::judges::Pdf;

fn about() -> About {
    About {
        title: "Batch 1".to_owned(),
        author: "Larkspur Bend".to_owned(),
        language: "en-US",
        dated: day("2026-07-05"),
    }
}

fn keyline(place: usize) -> Stamp {
    Stamp {
        keyline: format!("{place:05} · mark"),
        address: None,
    }
}

/// Contract: F47, F179
#[test]
fn many_bills_become_one_sound_file_in_their_order() {
    let mut stack = Stack::default();
    for place in 0..12_usize {
        let mut paper = bill(Language::English, if place == 3 { 60 } else { 3 });
        paper.number = BillNumber::of(i64::try_from(place).unwrap());
        let file = made(&paper);
        let pages = count_pages(file.clone()).expect("it is a PDF");
        assert_eq!(pages, if place == 3 { 2 } else { 1 });
        stack.add(file, pages, &keyline(place + 1)).unwrap();
    }
    let file = stack.finish(&about()).expect("the stack is a file");
    let pdf = Pdf::of(&file);
    let (Some(words), Some(facts), Some(sound)) = (pdf.words(), pdf.facts(), pdf.is_sound()) else {
        return;
    };
    assert!(sound, "qpdf finds nothing wrong");
    assert!(facts.contains("Pages:           13"), "{facts}");
    let pages: Vec<&str> = words.split('\u{c}').collect();
    assert!(pages[0].contains("00001 · mark"), "{}", pages[0]);
    assert!(pages[3].contains("00004 · mark"));
    assert!(!pages[4].contains("mark"), "a second page has none");
    assert!(pages[5].contains(BillNumber::of(4).as_str()));
}

/// Contract: F47
#[test]
fn a_letter_shows_its_address_in_the_window_and_holds_its_words_and_its_tags() {
    let head = Letterhead {
        public_url: "https://bills.example.gov".to_owned(),
        phone: "(555) 010-0142".to_owned(),
        own: Own::default(),
    };
    let many = vec!["Le escribimos sobre su cuenta y lo que sigue de ella. ".repeat(12); 14];
    let letter = Letter::of(Language::Spanish, "Su cuenta", many);
    let recipient = "Rosa Núñez\n7 Prairie Street\nLarkspur Bend, IA 52799";
    let file = letter_pdf::render(&letter, recipient, &head, day("2026-07-05"));
    let file = file.expect("the letter holds PDF/UA-1");
    assert!(count_pages(file.clone()).expect("it is a PDF") > 2);
    let pdf = Pdf::of(&file);
    let (Some(words), Some(tree), Some(sound)) = (pdf.words(), pdf.tree(), pdf.is_sound()) else {
        return;
    };
    assert!(sound, "qpdf finds nothing wrong");
    assert_eq!(words.matches("escribimos").count(), 12 * 14);
    assert!(words.contains("Rosa Núñez") && words.contains("(555) 010-0142"));
    assert!(tree.contains("H1") && tree.contains("Su cuenta"), "{tree}");
    // In every position of the sheet the window shows x 63 to 315 and y 180 to 228 points.
    for line in recipient.lines() {
        let [left, top, right, bottom] = pdf.place(line).expect("the address is on the page");
        assert!(left >= 63 && right <= 315, "{line}: {left} to {right}");
        assert!(top >= 180 && bottom <= 228, "{line}: {top} to {bottom}");
    }
}
