package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// client sends requests to one server over kept-alive connections.
type client struct {
	base   string
	header http.Header
	http   *http.Client
}

func newClient(base string, header http.Header) *client {
	transport := &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 256, DisableCompression: true}
	return &client{base, header, &http.Client{Transport: transport, Timeout: time.Minute}}
}

// with is c with another header instead of its own, which is how requests authenticate.
func (c *client) with(name, value string) *client {
	return &client{c.base, http.Header{name: {value}}, c.http}
}

// send sends q and discards the answer.
func (c *client) send(q request) error {
	answer, err := c.do(q.method, q.path, "application/json", q.body)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

// call sends in as JSON, unless it is nil, and decodes the answer into out, unless that is nil.
func (c *client) call(method, path string, in, out any) error {
	var body []byte
	if in != nil {
		body = encode(in)
	}
	answer, err := c.do(method, path, "application/json", body)
	if err != nil {
		return err
	}
	if out == nil {
		return answer.Body.Close()
	}
	return decode(answer.Body, out)
}

// do answers with a response whose status is 200, or an error that quotes what came instead.
func (c *client) do(method, path, contentType string, body []byte) (*http.Response, error) {
	r, err := http.NewRequest(method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, values := range c.header {
		r.Header[name] = values
	}
	if body != nil {
		r.Header.Set("Content-Type", contentType)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		defer answer.Body.Close()
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 300))
		return nil, fmt.Errorf("%s %.80s: %s %s", method, path, answer.Status, said)
	}
	return answer, nil
}

// decode reads one JSON value and closes the body.
func decode(body io.ReadCloser, out any) error {
	defer body.Close()
	return json.NewDecoder(body).Decode(out)
}
