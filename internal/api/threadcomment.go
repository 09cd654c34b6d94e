package api

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/errs"
	"github.com/engawa/engawa/internal/id"
	"github.com/engawa/engawa/internal/space"
)

func (a *API) threadCommentRoutes() []Route {
	return []Route{
		route("POST", "/k/v1/space/thread/comment.json", a.addThreadComment),
		route("GET", "/api/v1/space/thread/comments", a.getThreadComments),
	}
}

type addThreadCommentIn struct {
	Space   Int              `json:"space"`
	Thread  Int              `json:"thread"`
	Comment *threadCommentIn `json:"comment"`
}

type threadCommentIn struct {
	Text     Text `json:"text"`
	Mentions []struct {
		Code Text `json:"code"`
		Type Text `json:"type"`
	} `json:"mentions"`
	Files []struct {
		FileKey Text `json:"fileKey"`
		Width   Int  `json:"width"`
	} `json:"files"`
}

// addThreadComment answers POST /k/v1/space/thread/comment.json.
func (a *API) addThreadComment(ctx context.Context, who access.Actor, in addThreadCommentIn) (idOut, error) {
	var p errs.Fields
	n := id.Space(in.Space.need(&p, "space", 1))
	thread := id.Thread(in.Thread.need(&p, "thread", 1))
	var c space.Comment
	if in.Comment == nil {
		p.Add("comment", "param.required")
	} else {
		c = in.Comment.read(&p)
	}
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return idOut{}, err
	}
	added, err := a.spaces.AddComment(ctx, who, n, thread, c)
	return idOut{id.String(added)}, err
}

func (in *threadCommentIn) read(p *errs.Fields) space.Comment {
	c := space.Comment{Text: string(in.Text)}
	for i, m := range in.Mentions {
		path := at("comment.mentions", i)
		c.Mentions = append(c.Mentions, space.Mention{Code: m.Code.need(p, path+".code"), Type: m.Type.need(p, path+".type")})
	}
	for i, f := range in.Files {
		path := at("comment.files", i)
		c.Files = append(c.Files, space.Attached{
			Key: f.FileKey.need(p, path+".fileKey"), Width: f.Width.loose(),
		})
	}
	return c
}

type threadCommentsIn struct {
	Thread Int `json:"thread"`
	Before Int `json:"before"` // a comment; the newest are returned without it
	Limit  Int `json:"limit"`
}

type threadCommentOut struct {
	ID        string          `json:"id"`
	Text      string          `json:"text"`
	CreatedAt string          `json:"createdAt"`
	Creator   personOut       `json:"creator"`
	Mentions  []space.Mention `json:"mentions"`
	Files     []threadFileOut `json:"files"`
}

type threadFileOut struct {
	FileKey     string `json:"fileKey"`
	Name        string `json:"name"`
	ContentType string `json:"contentType"`
	Size        string `json:"size"`
	Width       string `json:"width,omitempty"` // a picture's, unless it is its own
}

type threadCommentsOut struct {
	Comments []threadCommentOut `json:"comments"`
	Older    bool               `json:"older"`
}

const threadPage = 20

// getThreadComments answers GET /api/v1/space/thread/comments, newest first.
func (a *API) getThreadComments(ctx context.Context, who access.Actor, in threadCommentsIn) (threadCommentsOut, error) {
	var p errs.Fields
	out := threadCommentsOut{Comments: []threadCommentOut{}}
	thread := id.Thread(in.Thread.need(&p, "thread", 1))
	before := id.Comment(in.Before.within(&p, "before", 0, 1, 1<<62))
	limit := int(in.Limit.within(&p, "limit", threadPage, 1, 100))
	if err := cmp.Or(p.Err(), usersOnly(who)); err != nil {
		return out, err
	}
	dir, err := a.people.Directory(ctx)
	if err != nil {
		return out, err
	}
	list, older, err := a.spaces.Comments(ctx, who, thread, before, limit)
	for _, c := range list {
		author, _ := dir.User(c.Author)
		one := threadCommentOut{
			ID: id.String(c.ID), Text: c.Text, CreatedAt: c.CreatedAt.Format(time.RFC3339), Creator: personOut{author.Code, author.Name},
			Mentions: append([]space.Mention{}, c.Mentions...), Files: []threadFileOut{},
		}
		for _, f := range c.Files {
			one.Files = append(one.Files, showThreadFile(f))
		}
		out.Comments = append(out.Comments, one)
	}
	out.Older = older
	return out, err
}

func showThreadFile(f space.Attached) threadFileOut {
	out := threadFileOut{FileKey: f.Key, Name: f.Name, ContentType: f.ContentType, Size: strconv.FormatInt(f.Size, 10)}
	if f.Width > 0 {
		out.Width = strconv.Itoa(f.Width)
	}
	return out
}
