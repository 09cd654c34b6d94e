package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"
)

// The entries of a backup; streams of lines come in parts, numbered from 1.
const (
	headerName   = "backup.json"
	secretName   = "secret.key"
	contentsName = "contents.json"
	filesFolder  = "files/"
	tablesFolder = "tables/"
	recordFolder = "records/"
	listFolder   = "list/" // of the files
	listStream   = "files"
)

// partSize is how much of a stream is one entry, about: an entry's size stands before it, so it is made in memory.
const partSize = 1 << 20

// writer writes entries.
type writer struct {
	tar *tar.Writer
	at  time.Time
}

func (w *writer) entry(name string, size int64, r io.Reader) error {
	h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.at, Format: tar.FormatUSTAR}
	if err := w.tar.WriteHeader(h); err != nil {
		return fmt.Errorf("backup: write %s: %w", name, err)
	}
	n, err := io.Copy(w.tar, r)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("backup: write %s: %w", name, err)
	}
	return nil
}

// maxObject is the largest entry that the plain form of tar knows, in bytes: more than a file may have.
const maxObject = 1<<33 - 1

// maxLine is the longest line, in bytes: more than a row may have.
const maxLine = 256 << 20

func (w *writer) json(name string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return w.entry(name, int64(len(b)), bytes.NewReader(b))
}

// lines is a stream being written.
type lines struct {
	w      *writer
	prefix string
	part   int
	buf    []byte
	sum    hash.Hash
	rows   int64
}

func (w *writer) lines(folder, name string) *lines {
	return &lines{w: w, prefix: folder + name, sum: sha256.New()}
}

// add takes buf, which is l.buf with one line more.
func (l *lines) add(buf []byte, err error) error {
	if err != nil {
		return err
	}
	if len(buf)-len(l.buf) > maxLine {
		return fmt.Errorf("backup: %s: a row of %d bytes is too long", l.prefix, len(buf)-len(l.buf))
	}
	l.buf = buf
	l.rows++
	if len(l.buf) < partSize {
		return nil
	}
	return l.flush()
}

func (l *lines) flush() error {
	if len(l.buf) == 0 {
		return nil
	}
	l.part++
	l.sum.Write(l.buf)
	err := l.w.entry(partName(l.prefix, l.part), int64(len(l.buf)), bytes.NewReader(l.buf))
	l.buf = l.buf[:0]
	return err
}

// end writes what is left, and says what came to be.
func (l *lines) end() (Stream, error) {
	err := l.flush()
	return Stream{l.rows, hex.EncodeToString(l.sum.Sum(nil))}, err
}

func partName(prefix string, part int) string { return fmt.Sprintf("%s/%06d.jsonl", prefix, part) }

// appendJSON appends v as a line.
func appendJSON(dst []byte, v any) ([]byte, error) {
	b, err := json.Marshal(v)
	return append(append(dst, b...), '\n'), err
}
