//! What the tables of a utility's files say, and how their mistakes are named.

use super::*;

fn table(headings: &[&str], lines: &[&[&str]]) -> Table {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Table {
        file: SetupFile::LastReads,
        headings: owned(headings),
        lines: (2..).zip(lines.iter().map(|line| owned(line))).collect(),
    }
}

#[test]
fn headings_are_all_there_and_none_is_a_slip() {
    let good = table(&["value", "register", "on"], &[]);
    assert!(good.check_headings().is_empty(), "in any order");
    let bad = table(&["register", "on", "vlaue", "on"], &[]);
    let whys: Vec<(Why, String)> = bad
        .check_headings()
        .into_iter()
        .map(|refusal| (refusal.why, refusal.column))
        .collect();
    assert_eq!(
        whys,
        [
            (Why::NoColumn, "value".to_owned()),
            (Why::UnknownColumn, "vlaue".to_owned()),
            (Why::Twice, "on".to_owned()),
        ]
    );
}

#[test]
fn what_is_wrong_in_a_line_is_named_with_its_line_and_column() {
    let reads = table(
        &["register", "on", "value"],
        &[&["W-1", "2026-06-31", "1,5"], &["", "2026-06-30", " 12.5 "]],
    );
    let rows: Vec<Row<'_>> = reads.rows().collect();
    let mut refusals = Vec::new();
    assert_eq!(rows[0].day("on", &mut refusals), None);
    assert_eq!(rows[0].number_if_any("value", &mut refusals), None);
    assert_eq!(rows[1].filled("register", &mut refusals), None);
    let number = rows[1].number_if_any("value", &mut refusals);
    assert_eq!(number, Some(Some(Decimal::new(125, 1))));
    let named: Vec<(u64, Why, &str)> = refusals
        .iter()
        .map(|refusal| (refusal.line, refusal.why, refusal.value.as_str()))
        .collect();
    assert_eq!(
        named,
        [
            (2, Why::NotADay, "2026-06-31"),
            (2, Why::NotANumber, "1,5"),
            (3, Why::Missing, ""),
        ]
    );
}

#[test]
fn a_number_is_the_same_however_it_is_written() {
    for (one, other) in [
        ("001001", "1001"),
        ("A-7", "a-7"),
        ("N 12", "n12"),
        (" 1  11 ", "1 11"),
        ("000", "0"),
    ] {
        assert_eq!(folded(one), folded(other));
    }
    for (one, other) in [
        ("A-7", "A-07"),
        ("0-1001", "1001"),
        ("10", "100"),
        ("1 11", "11 1"),
        ("1 11", "111"),
        ("0", ""),
    ] {
        assert_ne!(folded(one), folded(other));
    }
}

#[test]
fn every_file_has_a_column_that_names_its_lines() {
    for file in SetupFile::ALL {
        assert!(file.columns().any(|column| column.is_needed));
        let mut names: Vec<&str> = file.columns().map(|column| column.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), file.columns().count(), "{file}");
    }
}
