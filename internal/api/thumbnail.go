package api

import (
	"bytes"
	"context"
	"image"
	_ "image/gif" // decoders: what a browser shows
	"image/jpeg"
	_ "image/png"
	"io"
	"strconv"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/file"
)

// What is made small, and how far. A picture above the limits is not decoded at all.
// Source: kintone product behaviour, thumbnails.
const (
	maxPictureBytes  = 10 << 20
	maxPicturePixels = 50_000_000
	largestThumbnail = 500
	thumbnailQuality = 82
)

// painters bounds how many pictures are decoded at a time: each may take 200 MB.
var painters = make(chan struct{}, 2)

// getThumbnail answers GET /api/v1/thumbnail: a picture in a field, made to fit a square.
func (a *API) getThumbnail(ctx context.Context, rq Request) error {
	q := rq.R.URL.Query()
	size, err := strconv.Atoi(q.Get("size"))
	if err != nil || size < 16 || size > largestThumbnail {
		size = 150
	}
	f, err := a.attached(ctx, rq.Who, q.Get("fileKey"))
	if err != nil {
		return err
	}
	small, err := a.shrink(ctx, f, size)
	if err != nil {
		return err
	}
	h := rq.W.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Cache-Control", "private, max-age=300")
	h.Set("Content-Length", strconv.Itoa(len(small)))
	_, _ = rq.W.Write(small) // the client is gone: nobody to tell
	return nil
}

func (a *API) shrink(ctx context.Context, f file.File, size int) ([]byte, error) {
	none := errs.E(errs.NotFound, "file.noPicture")
	if f.Size > maxPictureBytes {
		return nil, none
	}
	content, err := a.files.Content(ctx, f)
	if err != nil {
		return nil, err
	}
	defer content.Close() //nolint:errcheck // only read
	about, _, err := image.DecodeConfig(content)
	if err != nil || about.Width < 1 || about.Height < 1 || about.Width > maxPicturePixels/about.Height {
		return nil, none
	}
	select {
	case painters <- struct{}{}:
		defer func() { <-painters }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(io.LimitReader(content, maxPictureBytes))
	if err != nil {
		return nil, none
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, fit(picture, size), &jpeg.Options{Quality: thumbnailQuality})
	return out.Bytes(), err
}

// fit returns picture within a square of size pixels, on white where it was transparent. Small ones stay as they are.
func fit(picture image.Image, size int) image.Image {
	b := picture.Bounds()
	w, h := b.Dx(), b.Dy()
	if m := max(w, h); m > size {
		w, h = max(1, w*size/m), max(1, h*size/m)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), picture, b, draw.Over, nil)
	return out
}
