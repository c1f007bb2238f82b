//! `mainstay import weather` as the real program: what is taken, what is refused, and a second time.

use tempfile::TempDir;

use crate::support::db::TestDb;
use crate::support::process::{run, said};

const FILE: &str = "STATION,DATE,TMAX,TMIN,TAVG\nUSC1,2024-06-01,300,150,\nUSC1,soon,300,150,\nUSC1,2024-06-02,310,160,240\nUSC1,2024-06-03,,,\n";

#[test]
fn a_table_of_weather_comes_in_line_by_line_and_again_changes_nothing() {
    let house = TestDb::new().close();
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("weather.csv"), FILE).expect("the file is written");
    let words = [
        "import",
        "weather",
        "weather.csv",
        "--unit",
        "tenths-celsius",
    ];
    let first = said(&house.url, folder.path(), &words);
    for line in [
        "line 3: \"soon\" is no day such as 2026-07-01",
        "line 5: no mean temperature, and not both the highest and the lowest",
        "2 days new, 0 corrected, 0 there already, 2 lines refused.",
    ] {
        assert!(first.contains(line), "{line}: {first}");
    }
    let again = said(&house.url, folder.path(), &words);
    assert!(
        again.contains("0 days new, 0 corrected, 2 there already"),
        "{again}"
    );

    // Tenths of a degree read as degrees Fahrenheit are no weather.
    let other = ["import", "weather", "weather.csv", "--unit", "fahrenheit"];
    let refused = run(&house.url, folder.path(), &other);
    assert!(!refused.status.success());
}
