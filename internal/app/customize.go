package app

import (
	"context"
	"net/url"
	"slices"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
)

// Customization is the scripts and styles that an app's pages load, in order.
type Customization struct {
	Scope   string `json:"scope,omitempty"` // ALL, ADMIN (managers only), NONE; "" is ALL
	Desktop Assets `json:"desktop,omitzero"`
	Mobile  Assets `json:"mobile,omitzero"`
}

// Assets are what one kind of page loads.
type Assets struct {
	JS  []Asset `json:"js,omitempty"`
	CSS []Asset `json:"css,omitempty"`
}

// Asset is a script or style: at an https address, or uploaded.
type Asset struct {
	URL  string `json:"url,omitempty"`
	File *File  `json:"file,omitempty"`
}

// File is an uploaded file that settings keep. The JSON is the API's.
type File struct {
	Key         string `json:"fileKey"` // permanent, once it is kept
	Name        string `json:"name"`
	ContentType string `json:"contentType"`
	Size        int64  `json:"size,string"` // bytes
}

// MaxAssets is how many files a list may have, maxAssetURL how long an address may be, in bytes.
// Source: kintone limits.
const (
	MaxAssets   = 30
	maxAssetURL = 2000
)

// Lists are the lists of files by the names that the API gives them.
func (c *Customization) Lists() map[string]*[]Asset {
	return map[string]*[]Asset{
		"desktop.js": &c.Desktop.JS, "desktop.css": &c.Desktop.CSS, "mobile.js": &c.Mobile.JS, "mobile.css": &c.Mobile.CSS,
	}
}

// SetAssets replaces one of the lists. Files are named by the temporary keys of uploads, which are used up, or by the
// permanent ones they have in these settings already.
//
// Errors: NotFound for a file that is neither.
func (s *Settings) SetAssets(list string, assets []Asset, p *errs.Fields) error {
	if len(assets) > MaxAssets {
		p.Add(list, "param.size", errs.Args{"min": 0, "max": MaxAssets})
		return nil
	}
	for i := range assets {
		a := &assets[i]
		if a.File == nil {
			checkAssetURL(a.URL, index(list, i)+".url", p)
			continue
		}
		f, err := s.keep(a.File.Key, s.Customization.files())
		if err != nil {
			return err
		}
		a.File = f
	}
	*s.Customization.Lists()[list] = assets
	return nil
}

// checkAssetURL refuses what is not an address on the web over https: no javascript:, no data:, nothing that can be read
// or changed on its way.
func checkAssetURL(text, path string, p *errs.Fields) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(text) > maxAssetURL {
		p.Add(path, "app.assetURL")
	}
}

func (c *Customization) files() (list []*File) {
	for _, assets := range c.Lists() {
		for _, a := range *assets {
			if a.File != nil {
				list = append(list, a.File)
			}
		}
	}
	return list
}

// keep returns the file with a key: one of those that are kept already, or an upload, which it takes.
func (s *Settings) keep(key string, kept []*File) (*File, error) {
	if i := slices.IndexFunc(kept, func(f *File) bool { return f.Key == key }); i >= 0 {
		return kept[i], nil
	}
	return s.take(key)
}

// pictures are the types that an app's icon may have.
var pictures = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// SetIconFile makes an upload, by its temporary key, the app's icon; the key of the icon that is there keeps it.
//
// Errors: NotFound when there is no such upload.
func (s *Settings) SetIconFile(key string, p *errs.Fields) error {
	var kept []*File
	if s.Icon.File != nil {
		kept = append(kept, s.Icon.File)
	}
	f, err := s.keep(key, kept)
	if err != nil {
		return err
	}
	if !slices.Contains(pictures, f.ContentType) {
		p.Add("icon.file.fileKey", "app.iconType")
	}
	s.Icon = Icon{Type: "FILE", File: f}
	return nil
}

// ShowsFile reports whether the actor may have a file of the settings: the icon and what pages load for him, and, who
// manages the app, what is being edited too. Programs have no use for scripts.
func (h *Handle) ShowsFile(ctx context.Context, key string) (bool, error) {
	manages := h.verbs.Has(access.Manage)
	for _, ofPreview := range []bool{false, true} {
		if ofPreview && !manages || !ofPreview && h.app.Live == 0 {
			continue
		}
		st, err := h.Settings(ctx, ofPreview)
		if err != nil {
			return false, err
		}
		if st.Icon.File != nil && st.Icon.File.Key == key {
			return true, nil
		}
		runs := manages || st.Customization.Scope == "" || st.Customization.Scope == "ALL"
		if runs && h.who.Kind() == access.KindUser && slices.ContainsFunc(st.Customization.files(), func(f *File) bool { return f.Key == key }) {
			return true, nil
		}
	}
	return false, nil
}
