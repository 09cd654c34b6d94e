package mail

import (
	"bufio"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var hello = Message{
	ID: "note-7", To: "sato@example.com", ToName: "佐藤 花子", Subject: "見積書の件", Text: "こんにちは。\n.\nさようなら。\n",
	At: time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC),
}

func TestOutboxKeepsOneFilePerMail(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "outbox")
	s, err := New(Options{From: "engawa@example.com", FromName: "株式会社青葉", Outbox: dir})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Send(t.Context(), hello); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != "note-7.eml" {
		t.Fatalf("%v %v", entries, err)
	}
	m := parse(t, filepath.Join(dir, "note-7.eml"))
	if to, err := m.Header.AddressList("To"); err != nil || to[0].Name != "佐藤 花子" || to[0].Address != "sato@example.com" {
		t.Errorf("to %v %v", to, err)
	}
	if got := subject(m); got != "見積書の件" || m.Header.Get("Message-ID") != "<note-7@example.com>" {
		t.Errorf("%q %v", got, m.Header)
	}
}

func TestNoTextBecomesAHeader(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{From: "engawa@example.com", Outbox: dir})
	if err != nil {
		t.Fatal(err)
	}
	bad := hello
	bad.ID = "../../x\r\nX-Evil: 1"
	bad.Subject = "hi\r\nBcc: evil@example.com\r\n\r\nbody\u202e"
	bad.ToName = "a\"\r\nBcc: evil@example.com"
	if err := s.Send(t.Context(), bad); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Fatalf("%v", entries)
	}
	m := parse(t, filepath.Join(dir, entries[0].Name()))
	if m.Header.Get("Bcc") != "" || m.Header.Get("X-Evil") != "" {
		t.Errorf("%v", m.Header)
	}
	if got := subject(m); got != "hi Bcc: evil@example.com  body" {
		t.Errorf("subject %q", got)
	}
	for _, to := range []string{"", "x", "a@example.com, b@example.com", "a@example.com\r\nBcc: b@example.com", "A <a@example.com>"} {
		bad.To = to
		if err := s.Send(t.Context(), bad); !errors.Is(err, ErrAddress) {
			t.Errorf("to %q: %v", to, err)
		}
	}
}

func TestSMTP(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan string, 1)
	go func() { got <- serveOne(l) }()
	s, err := New(Options{SMTPURL: "smtp://" + l.Addr().String(), From: "engawa@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	talk := <-got
	for _, want := range []string{"MAIL FROM:<engawa@example.com>", "RCPT TO:<sato@example.com>", "Message-ID: <note-7@example.com>"} {
		if !strings.Contains(talk, want) {
			t.Errorf("lacks %s:\n%s", want, talk)
		}
	}
	l.Close()
	if err := s.Send(context.Background(), hello); err == nil || errors.Is(err, ErrAddress) {
		t.Errorf("without a server: %v", err)
	}
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{{From: "nobody"}, {From: "a@b.c", SMTPURL: "http://x"}, {From: "a@b.c", SMTPURL: "smtp://:secret"}} {
		if _, err := New(o); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

// serveOne is a mail server for one mail; it returns what the client said.
func serveOne(l net.Listener) string {
	conn, err := l.Accept()
	if err != nil {
		return err.Error()
	}
	defer conn.Close()
	var talk strings.Builder
	lines := bufio.NewScanner(io.TeeReader(conn, &talk))
	say := func(s string) { io.WriteString(conn, s+"\r\n") }
	say("220 test")
	body := false
	for lines.Scan() {
		switch line := lines.Text(); {
		case body:
			if body = line != "."; !body {
				say("250 ok")
			}
		case strings.HasPrefix(line, "EHLO"):
			say("250 test")
		case line == "DATA":
			body = true
			say("354 go on")
		case line == "QUIT":
			say("221 bye")
			return talk.String()
		default:
			say("250 ok")
		}
	}
	return talk.String()
}

func parse(t *testing.T, path string) *mail.Message {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	m, err := mail.ReadMessage(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func subject(m *mail.Message) string {
	s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err.Error()
	}
	return s
}
