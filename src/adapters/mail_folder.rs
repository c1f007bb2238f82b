//! A folder in which mails are laid, each as one file: for whoever has no mail server yet, and for a mail program that sends what it finds there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a mail was not laid there.
#[derive(Debug, thiserror::Error)]
#[error("OUTBOX_DIR={}: mails cannot be laid there: {why}; name a folder that this program may write to", dir.display())]
pub struct FolderError {
    dir: PathBuf,
    why: io::Error,
}

/// The folder.
#[derive(Debug, Clone)]
pub struct MailFolder {
    dir: PathBuf,
}

impl MailFolder {
    /// The folder at a place, made where it is missing.
    ///
    /// # Errors
    /// When it cannot be made or written to.
    pub fn open(dir: &Path) -> Result<Self, FolderError> {
        let folder = Self {
            dir: dir.to_owned(),
        };
        let tried = fs::create_dir_all(dir).and_then(|()| {
            let probe = dir.join(".mainstay");
            File::create(&probe)?;
            fs::remove_file(&probe)
        });
        tried.map_err(|why| folder.refused(why))?;
        Ok(folder)
    }

    /// Lays a mail in the folder, whole or not at all; a second time it takes the place of the first.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, name: &str, mail: &[u8]) -> Result<(), FolderError> {
        self.write(name, mail).map_err(|why| self.refused(why))
    }

    fn write(&self, name: &str, mail: &[u8]) -> io::Result<()> {
        let part = self.dir.join(format!(".{name}.part"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // Mails hold links that open accounts: nobody else of this machine reads them.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part)?;
        file.write_all(mail)?;
        file.sync_all()?;
        fs::rename(&part, self.dir.join(name))
    }

    fn refused(&self, why: io::Error) -> FolderError {
        FolderError {
            dir: self.dir.clone(),
            why,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_lies_there_whole_under_its_own_name() {
        let place = tempfile::tempdir().unwrap();
        let folder = MailFolder::open(&place.path().join("outbox")).unwrap();
        folder.put("notice-7.eml", b"one").unwrap();
        folder.put("notice-7.eml", b"two").unwrap();
        let names: Vec<_> = fs::read_dir(&folder.dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["notice-7.eml"]);
        let kept = fs::read(folder.dir.join("notice-7.eml")).unwrap();
        assert_eq!(kept, b"two");
        let file = place.path().join("a file");
        fs::write(&file, b"").unwrap();
        let said = MailFolder::open(&file).unwrap_err().to_string();
        assert!(said.starts_with("OUTBOX_DIR="), "{said}");
    }
}
