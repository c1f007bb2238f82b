//! One connection of HTTP/1.1 that is kept open, as a browser has it: pages asked for, forms sent.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, ensure};

/// The headers by which htmx asks for a part of a page.
pub const FRAGMENT: &str = "hx-request: true\r\nhx-request-type: partial\r\n";

/// What divides the fields of a form that may carry files.
const BOUNDARY: &str = "bench-0b5f";

/// The connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    head: Vec<u8>,
    body: Vec<u8>,
}

/// What came back; the text stays with the connection until it is asked again.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The bytes of the body.
    pub bytes: usize,
}

impl Client {
    /// Opens a connection.
    ///
    /// # Errors
    /// When nobody answers there.
    pub fn connect(to: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(to)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            stream: BufReader::with_capacity(64 * 1024, stream),
            head: Vec::new(),
            body: Vec::new(),
        })
    }

    /// Asks for a page, with more header lines of one's own, each ended.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn get(&mut self, path: &str, cookie: &str, more: &str) -> anyhow::Result<Answer> {
        self.head.clear();
        write!(
            self.head,
            "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\ncookie: {cookie}\r\n{more}\r\n"
        )?;
        self.answer()
    }

    /// Sends a form.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn post(
        &mut self,
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<Answer> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        let kind = "application/x-www-form-urlencoded";
        self.send((path, cookie), (kind, &pairs.join("&")))
    }

    /// Sends a form that may carry files, and carries none.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn post_in_parts(
        &mut self,
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<Answer> {
        let mut body = String::new();
        for (name, value) in fields {
            write!(
                body,
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )?;
        }
        write!(body, "--{BOUNDARY}--\r\n")?;
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send((path, cookie), (&kind, &body))
    }

    /// The text of the last answer.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    fn send(
        &mut self,
        (path, cookie): (&str, &str),
        (kind, body): (&str, &str),
    ) -> anyhow::Result<Answer> {
        self.head.clear();
        write!(
            self.head,
            "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\ncookie: {cookie}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )?;
        self.answer()
    }

    /// Sends what was written, and reads the whole answer.
    fn answer(&mut self) -> anyhow::Result<Answer> {
        self.stream.get_mut().write_all(&self.head)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).context("a status")?.parse()?;
        let mut length = None;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').context("a header")?;
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.trim().parse::<u64>()?);
            }
        }
        self.body.clear();
        match length {
            Some(length) => self.read(length)?,
            None => self.read_chunks()?,
        }
        Ok(Answer {
            status,
            bytes: self.body.len(),
        })
    }

    fn read(&mut self, length: u64) -> anyhow::Result<()> {
        let read = (&mut self.stream)
            .take(length)
            .read_to_end(&mut self.body)?;
        ensure!(
            u64::try_from(read)? == length,
            "the answer ended before its end"
        );
        Ok(())
    }

    fn read_chunks(&mut self) -> anyhow::Result<()> {
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let length = u64::from_str_radix(line.trim(), 16)?;
            self.read(length)?;
            line.clear();
            self.stream.read_line(&mut line)?;
            if length == 0 {
                return Ok(());
            }
        }
    }
}

/// A text as it stands in an address or a form.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _written = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_reaches_the_server_as_it_is() {
        assert_eq!(encoded("rosa n@mail.example"), "rosa%20n%40mail.example");
    }
}
