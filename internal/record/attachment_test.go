package record_test

import (
	"testing"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/world"
)

// A file that was taken out of its field is still there for who may read the history, and for nobody else.
func TestFilesOfTheHistory(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.World) {
		aiko, ben := w.User("aiko"), w.User("ben")
		a := w.App("deals", "title text; file file hidden-from:ben; lines table(part text, scan file)")
		upload := func() string { return w.Upload("a.txt", "content") }
		n := a.AddJSON(`{"file":{"value":[{"fileKey":"` + upload() + `"}]},"lines":{"value":[{"value":{"scan":{"value":[{"fileKey":"` + upload() + `"}]}}}]}}`)
		other := a.Add("title=other")
		file, scan := a.Field("file").ID, a.Field("scan").ID
		key := w.FileKey(a, n, "file")
		find := func(who world.Person, record id.Record, in id.Field, key string) string {
			_, err := who.Set(a).Attachment(t.Context(), record, in, key)
			return world.Outcome(err)
		}
		outside := func() string {
			o, err := w.Root.Set(a).Outside(access.LinkHolder(access.LinkInfo{Share: 1}), n, file)
			if err != nil {
				t.Fatal(err)
			}
			_, err = o.Attachment(t.Context(), file, key)
			return world.Outcome(err)
		}
		same(t, "in the record", find(aiko, n, file, key), "ok")
		same(t, "for a link's holder", outside(), "ok")
		must(t, update(t, w.Root, a, n, `{"file":{"value":[]},"lines":{"value":[]}}`))
		same(t, "taken out", find(aiko, n, file, key), "ok")
		same(t, "taken out, for a link's holder", outside(), "file.notFound")
		same(t, "taken out, for who may not see the field", find(ben, n, file, key), "file.notFound")
		same(t, "by another field", find(aiko, n, scan, key), "file.notFound")
		same(t, "by another record", find(aiko, other, file, key), "file.notFound")
		same(t, "a part of a key", find(aiko, n, file, key[:20]), "file.notFound")
		a.Forbid("$id = 1", "root")
		same(t, "of a record that is hidden", find(aiko, n, file, key), "record.notFound")
	})
}
