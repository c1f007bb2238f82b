//! Without a mail server: each mail lies once as a file in a folder, and waits all the same.

use std::path::Path;

use mainstay::domain::staff::Role;
use mainstay::jobs::deliver_notices;

use crate::support::app::TestApp;

fn files(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("a file").file_name();
        name.into_string().expect("a plain name")
    };
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(name)
        .collect();
    names.sort();
    names
}

/// Contract: F115, F117
#[actix_web::test]
async fn where_no_mail_server_is_set_each_mail_lies_once_in_the_folder_and_waits() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("outbox");
    let house = TestApp::start_with(&[("OUTBOX_DIR", folder.to_str().unwrap())]).await;
    deliver_notices::check(&house.app).unwrap();
    house
        .customer("Rosa")
        .owing_due_in("$84.10", 4)
        .signed_in()
        .await;
    house.reminds().await;
    deliver_notices::run(house.app.clone()).await.unwrap();
    let laid = files(&folder);
    assert!(
        laid.iter()
            .all(|name| name.starts_with("notice-") && name.ends_with(".eml"))
    );
    let found = laid.iter().find_map(|name| {
        let mail = std::fs::read_to_string(folder.join(name)).unwrap();
        mail.contains("A payment is due soon").then_some(mail)
    });
    let mail = found.expect("the reminder lies there");
    assert!(
        mail.contains("Message-ID: <notice-") && mail.contains("/pay-link/"),
        "{mail}"
    );
    assert_eq!(house.told(&["due_soon"])[0].state, "queued");
    #[cfg(unix)]
    for name in &laid {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name} is its owner's alone");
    }

    // What somebody took from it is not laid there again.
    for name in &laid {
        std::fs::remove_file(folder.join(name)).unwrap();
    }
    deliver_notices::run(house.app.clone()).await.unwrap();
    assert!(files(&folder).is_empty());
    let page = house
        .staff(Role::Administrator)
        .await
        .visit("/office/notices")
        .await;
    page.must_show(&format!(
        "each one also lies as a file in {}",
        folder.display()
    ));

    let file = place.path().join("no folder");
    std::fs::write(&file, "").unwrap();
    let wrong = house.configured(|config| config.outbox_dir = Some(file.clone()));
    let said = deliver_notices::check(&wrong).unwrap_err().to_string();
    assert!(said.starts_with("OUTBOX_DIR="), "{said}");
}
