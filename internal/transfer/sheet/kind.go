package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/engawa/engawa/internal/charset"
	"github.com/engawa/engawa/internal/errs"
)

// headSize is how much of a file is looked at to tell what it is.
const headSize = 64 << 10

// signatures are the first bytes of files people mistake for tables, and the message that says so.
var signatures = []struct{ magic, key string }{
	{"%PDF-", "import.pdf"},
	{"\x89PNG\r\n", "import.image"}, {"\xff\xd8\xff", "import.image"}, {"GIF8", "import.image"},
	{"II*\x00", "import.image"}, {"MM\x00*", "import.image"}, {"BM", "import.image"}, {"RIFF", "import.image"},
	{"\x1f\x8b", "import.archive"}, {"7z\xbc\xaf\x27\x1c", "import.archive"}, {"Rar!\x1a\x07", "import.archive"},
	{"{\\rtf", "import.document"}, {"SQLite format 3\x00", "import.binary"}, {"\x7fELF", "import.binary"}, {"MZ\x90", "import.binary"},
}

// markup are the first words of markup that is often named .xls or .csv.
var markup = []struct{ word, key string }{
	{"<!doctype html", "import.html"}, {"<html", "import.html"}, {"<head", "import.html"}, {"<body", "import.html"},
	{"<table", "import.html"}, {"<meta", "import.html"}, {"<style", "import.html"}, {"<div", "import.html"},
	{"<?xml", "import.xml"}, {"[{", "import.json"}, {"{\"", "import.json"},
}

// kindOf tells what the file is by its content. A file that is no table is Invalid, with a key that says
// what it is instead; one whose name says otherwise is import.notAsNamed. An empty name claims nothing.
func kindOf(r io.ReaderAt, size int64, name string, said Encoding) (Kind, error) {
	head := make([]byte, min(size, headSize))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("sheet: read: %w", err)
	}
	kind, err := kindOfContent(r, size, head, said == UTF16LE || said == UTF16BE)
	if err != nil {
		return "", err
	}
	ext := strings.ToLower(path.Ext(name))
	var named Kind
	switch ext {
	case ".csv", ".tsv", ".tab", ".txt":
		named = Text
	case ".xlsx", ".xlsm", ".xls":
		named = XLSX
	default:
		return kind, nil
	}
	if named != kind {
		return "", invalid("import.notAsNamed", errs.Args{"extension": ext, "found": string(kind)})
	}
	return kind, nil
}

func kindOfContent(r io.ReaderAt, size int64, head []byte, zeros bool) (Kind, error) {
	if len(bytes.TrimSpace(bytes.TrimPrefix(head, charset.BOM))) == 0 && size <= headSize {
		return "", invalid("import.empty")
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return kindOfZip(r, size)
	}
	if bytes.HasPrefix(head, oleMagic) {
		return "", kindOfOLE(r, size, head)
	}
	for _, s := range signatures {
		// Two letters alone ("BM", "RI…") begin texts too; bytes that no text has settle it.
		if bytes.HasPrefix(head, []byte(s.magic)) && (len(s.magic) > 4 || looksBinary(head)) {
			return "", invalid(s.key)
		}
	}
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 512)], charset.BOM), " \t\r\n"))
	for _, m := range markup {
		if bytes.HasPrefix(start, []byte(m.word)) {
			if m.key == "import.xml" && bytes.Contains(start, []byte("html")) {
				return "", invalid("import.html")
			}
			return "", invalid(m.key)
		}
	}
	if !zeros && !charset.IsUTF16(head) && looksBinary(head) {
		return "", invalid("import.binary")
	}
	return Text, nil
}

// kindOfZip tells a workbook from everything else that is a zip.
func kindOfZip(r io.ReaderAt, size int64) (Kind, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return "", invalid("import.zipBroken").With(err)
	}
	key := "import.archive"
	for _, f := range z.File {
		switch name := partName(f.Name); {
		case name == "xl/workbook.xml" || name == "_rels/.rels" && hasFolder(z, "xl/worksheets/"):
			return XLSX, nil
		case name == "xl/workbook.bin":
			return "", invalid("import.xlsb")
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"):
			return "", invalid("import.document")
		case name == "mimetype":
			key = "import.ods" // OpenDocument and EPUB; neither can be read
		}
	}
	return "", invalid(key)
}

func hasFolder(z *zip.Reader, folder string) bool {
	for _, f := range z.File {
		if strings.HasPrefix(partName(f.Name), folder) {
			return true
		}
	}
	return false
}

// looksBinary reports whether b has more control characters than any text has. ESC belongs to
// ISO-2022-JP, Ctrl-Z ends files from old systems, and a stray NUL does not make a text binary.
func looksBinary(b []byte) bool {
	controls := 0
	for _, c := range b {
		if c < ' ' && (c < '\t' || c > '\r') && c != 0x1a && c != 0x1b {
			controls++
		}
	}
	return controls > 2 && controls*200 > len(b)
}
