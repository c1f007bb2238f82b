//! No file breaks a reader: not noise, not a real file cut short, not a real file with bytes turned over.

use mainstay::adapters::ami::mapping::Mapping;
use mainstay::adapters::ami::{self, FeedPlan};
use mainstay::domain::feed::FeedFormat;
use proptest::prelude::*;

use crate::reads::files::plan;

fn plans() -> Vec<FeedPlan> {
    let mut plans: Vec<FeedPlan> = FeedFormat::ALL.iter().map(|format| plan(*format)).collect();
    for plan in &mut plans {
        plan.mapping = (plan.format == FeedFormat::Csv).then(Mapping::beacon);
    }
    plans
}

/// Reads to the end; a reader may refuse, and must come to an end.
fn read_all(bytes: &[u8]) {
    for plan in plans() {
        let Ok(items) = ami::read(&plan, bytes) else {
            continue;
        };
        let count = items.take(1_000_000).count();
        assert!(count < 1_000_000, "{} does not come to an end", plan.format);
    }
}

const SAMPLES: [&str; 5] = [
    "tests/data/ami/beacon_360_report.csv",
    "tests/data/ami/nem/Example_NEM12_multiple_quality.csv",
    "tests/data/ami/nem/Example_NEM13_consumption_data.csv",
    "tests/data/greenbutton/gas_direct.xml",
    "tests/data/greenbutton/electric_containerized.xml",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn noise_is_refused_without_a_fall(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read_all(&bytes);
    }

    #[test]
    fn torn_and_turned_files_are_survived(sample in 0_usize..SAMPLES.len(), cut in any::<prop::sample::Index>(), turns in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12)) {
        let mut bytes = std::fs::read(SAMPLES[sample]).unwrap();
        for (place, byte) in turns {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        read_all(&bytes);
    }

    #[test]
    fn cmep_lines_of_any_shape_are_survived(fields in prop::collection::vec("[0-9A-Z.]{0,12}", 0..40)) {
        read_all(format!("MEPMD01,{}\n", fields.join(",")).as_bytes());
    }
}

#[test]
fn an_endless_line_is_passed_over() {
    let mut bytes = vec![b'x'; 5 << 20];
    bytes.push(b'\n');
    read_all(&bytes);
    read_all(&vec![b'<'; 3 << 20]);
}
