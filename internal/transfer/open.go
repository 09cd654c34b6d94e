package transfer

import (
	"context"
	"io"
	"sync"
)

// open opens an import's file. The caller closes it.
func (s *Imports) open(ctx context.Context, m *Import) (*stored, error) {
	f, err := s.blobs.Open(ctx, m.blob)
	if err != nil {
		return nil, err
	}
	return &stored{ReadSeekCloser: f}, nil
}

// stored is a file of the blob store that can be read anywhere, as a reader of unknown files must.
type stored struct {
	io.ReadSeekCloser
	mu sync.Mutex
}

// ReadAt reads from the byte at on.
func (f *stored) ReadAt(b []byte, at int64) (int, error) {
	if r, ok := f.ReadSeekCloser.(io.ReaderAt); ok {
		return r.ReadAt(b, at)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(f.ReadSeekCloser, b)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
}
