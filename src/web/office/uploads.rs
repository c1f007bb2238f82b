//! Files that people send: written to a folder that only this process knows while they arrive, bounded, named by their fingerprint, gone
//! once they are taken.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use actix_multipart::Multipart;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use crate::i18n::Words;
use crate::web::PageError;
use crate::web::files::MOST_TAKEN_IN;

/// The largest file that is taken.
const MOST_BYTES: usize = MOST_TAKEN_IN;

/// The most that the files of one form have together.
pub const MOST_TOGETHER: usize = 128 * 1024 * 1024;

/// How many files of one form are kept: each file of a utility once.
pub const MOST_FILES: usize = 10;

/// How many parts a form has at the most: nobody listens to more.
const MOST_PARTS: usize = 200;

/// The longest text of a field beside the file.
const MOST_FIELD: usize = 4 * 1024;

/// How long a file waits to be taken.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// A form with a file, or with several.
#[derive(Debug, Default)]
pub struct Upload {
    /// What was sent beside the files.
    pub fields: HashMap<String, String>,
    /// Every file that was sent, by its name and the fingerprint by which it waits.
    pub files: Vec<(String, String)>,
    /// Whether more were sent than are kept.
    pub has_more: bool,
    /// Whether one of them came with nothing in it.
    pub has_empty: bool,
}

impl Upload {
    /// Why there is nothing to look into, in words; nothing where every file that was chosen has something in it.
    pub fn lacks(&self, t: Words) -> Option<&'static str> {
        if self.has_empty {
            Some(t.file_empty())
        } else if self.files.is_empty() {
            Some(t.import_missing())
        } else {
            None
        }
    }
}

/// Where a file of this fingerprint waits; nothing for a text that is no fingerprint.
pub fn waiting(sha256: &str) -> Option<PathBuf> {
    let is_fingerprint = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
    is_fingerprint.then(|| folder().join(sha256))
}

/// Takes a form with its files in. They are on disk when this returns, and only we can read them.
///
/// # Errors
/// `TooLarge`, `Unreadable`, or a fault of the disk.
pub async fn take(mut form: Multipart) -> Result<Upload, PageError> {
    let mut upload = Upload::default();
    let (mut parts, mut left) = (0_usize, MOST_TOGETHER);
    tidy();
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_cut| PageError::Unreadable)?;
        parts += 1;
        if parts > MOST_PARTS {
            return Err(PageError::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .map(str::to_owned);
        let Some(file_name) = file_name else {
            let mut text = Vec::new();
            while let Some(piece) = field.next().await {
                let piece = piece.map_err(|_cut| PageError::Unreadable)?;
                if text.len().saturating_add(piece.len()) > MOST_FIELD {
                    return Err(PageError::TooLarge);
                }
                text.extend_from_slice(&piece);
            }
            let text = String::from_utf8(text).map_err(|_not_text| PageError::Unreadable)?;
            upload.fields.insert(name, text);
            continue;
        };
        if upload.files.len() == MOST_FILES {
            while let Some(piece) = field.next().await {
                let piece = piece.map_err(|_cut| PageError::Unreadable)?;
                left = less(left, piece.len())?;
                upload.has_more |= !piece.is_empty();
            }
            continue;
        }
        let mut arriving = Arriving::begin().map_err(PageError::fault)?;
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|_cut| PageError::Unreadable)?;
            left = less(left, piece.len())?;
            if arriving.size.saturating_add(piece.len()) > MOST_BYTES {
                return Err(PageError::TooLarge);
            }
            arriving.add(&piece).map_err(PageError::fault)?;
        }
        if arriving.size > 0 {
            let sha256 = arriving.finish().map_err(PageError::fault)?;
            upload
                .files
                .push((file_name.chars().take(200).collect(), sha256));
        } else {
            // A field without a file comes as a file without a name.
            upload.has_empty |= !file_name.is_empty();
        }
    }
    Ok(upload)
}

/// How many bytes may still come after some.
fn less(left: usize, came: usize) -> Result<usize, PageError> {
    left.checked_sub(came).ok_or(PageError::TooLarge)
}

/// A file on its way in. What is not finished is removed.
struct Arriving {
    path: PathBuf,
    file: File,
    hasher: Sha256,
    size: usize,
}

impl Arriving {
    fn begin() -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder())?;
        let path = folder().join(format!("{}.part", uuid::Uuid::new_v4()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self {
            file: options.open(&path)?,
            path,
            hasher: Sha256::new(),
            size: 0,
        })
    }

    fn add(&mut self, piece: &[u8]) -> io::Result<()> {
        self.size = self.size.saturating_add(piece.len());
        self.hasher.update(piece);
        self.file.write_all(piece)
    }

    fn finish(mut self) -> io::Result<String> {
        self.file.flush()?;
        let sha256 = hex::encode(self.hasher.finalize_reset());
        fs::rename(&self.path, folder().join(&sha256))?;
        Ok(sha256)
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        if self.path.exists()
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!("an upload that was broken off could not be removed: {error}");
        }
    }
}

/// How the folders of all processes are called.
const FOLDERS: &str = "mainstay-uploads-";

/// This process's folder. Its name is not to be guessed, so that nobody else of the machine can have laid it out.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| std::env::temp_dir().join(format!("{FOLDERS}{}", uuid::Uuid::new_v4())))
}

/// Removes files that nobody took, and the folders of processes that ended.
fn tidy() {
    remove_old(folder(), |_| true, |file| fs::remove_file(file));
    let is_ours = |name: &str| name.starts_with(FOLDERS);
    remove_old(&std::env::temp_dir(), is_ours, |folder| {
        fs::remove_dir_all(folder)
    });
}

fn remove_old(
    within: &Path,
    is_ours: impl Fn(&str) -> bool,
    remove: impl Fn(&Path) -> io::Result<()>,
) {
    let Ok(entries) = fs::read_dir(within) else {
        return;
    };
    for entry in entries.flatten() {
        let age = entry
            .metadata()
            .and_then(|about| about.modified())
            .ok()
            .and_then(|changed| changed.elapsed().ok());
        if age.is_some_and(|age| age > KEPT)
            && entry.file_name().to_str().is_some_and(&is_ours)
            && let Err(error) = remove(&entry.path())
        {
            tracing::warn!("an upload that nobody took could not be removed: {error}");
        }
    }
}
