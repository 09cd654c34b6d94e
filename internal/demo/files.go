package demo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strconv"
	"strings"
)

// upload is a file to be attached.
type upload struct {
	name, contentType string
	content           []byte
}

// attach uploads files into a field of a record to be.
func (s *site) attach(ctx context.Context, v values, code string, files ...upload) error {
	var list keys
	for _, f := range files {
		key, err := s.Files.Upload(ctx, s.actors["aoki"], f.name, f.contentType, bytes.NewReader(f.content))
		if err != nil {
			return err
		}
		list = append(list, key)
	}
	v[code] = list
	return nil
}

// The colours of floor plans: paper, walls, desks, chairs.
var (
	paper = color.RGBA{0xfb, 0xfa, 0xf5, 0xff}
	wall  = color.RGBA{0x3b, 0x42, 0x4a, 0xff}
	desk  = color.RGBA{0x8f, 0xb3, 0x9a, 0xff}
	chair = color.RGBA{0xd9, 0x8b, 0x5f, 0xff}
)

// picture draws the floor plan of an office: rows of desks in a room, set apart by aisles as wide as the variant says.
func picture(name string, variant int) upload {
	img := image.NewRGBA(image.Rect(0, 0, 960, 640))
	fill := func(x, y, w, h int, c color.Color) {
		draw.Draw(img, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(0, 0, 960, 640, wall)
	fill(12, 12, 936, 616, paper)
	fill(700, 12, 12, 260, wall) // a meeting room
	fill(700, 260, 160, 12, wall)
	fill(760, 90, 140, 90, desk)
	for i := range 3 {
		fill(770+i*46, 62, 28, 20, chair)
		fill(770+i*46, 188, 28, 20, chair)
	}
	aisle := 40 + 12*variant
	for y := 70; y+120 < 600; y += 120 + aisle {
		for x := 60; x+90 < 660; x += 96 {
			fill(x, y, 90, 50, desk)
			fill(x, y+56, 90, 50, desk)
			fill(x+31, y-26, 28, 20, chair)
			fill(x+31, y+112, 28, 20, chair)
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // into memory, of an image that has pixels: it cannot fail
	return upload{name, "image/png", b.Bytes()}
}

// statement is the list of an order's goods as a file for a spreadsheet.
func statement(number string, rows lines, total int) upload {
	var b strings.Builder
	b.WriteString("\ufeff商品コード,商品名,数量,単価,小計\r\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "%v,%v,%v,%v,%v\r\n", r["商品コード"], r["商品名"], r["数量"], r["単価"], r["小計"])
	}
	b.WriteString("合計,,,," + strconv.Itoa(total) + "\r\n")
	return upload{"お見積明細_" + number + ".csv", "text/csv", []byte(b.String())}
}
