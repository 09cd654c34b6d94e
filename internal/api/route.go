// Package api is the JSON surface: kintone's paths where kintone has one, /api/v1 for what is ours. routes.go is the
// whole list; each resource has a file. A handler sees no HTTP: bulkRequest and tests call it directly.
//
// It holds no rules and no SQL: those are in the packages it calls.
package api

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/engawa/engawa/internal/access"
	"github.com/engawa/engawa/internal/httpx"
)

// Route is one entry of the surface. The server mounts it, bulkRequest looks calls up in it, openapi.yaml is compared
// with it and the leak test walks it.
type Route struct {
	Method, Path string
	Open         bool // answers without credentials
	Common       bool // belongs to no service: for people too who do not have the product
	Lasting      bool // its answer lasts for as long as a page is open
	In, Out      reflect.Type
	call         func(ctx context.Context, who access.Actor, in []byte) (any, error)
	stream       streamer // instead of call, for what is not JSON
}

// route makes a Route of a handler; its types are inferred. In is decoded from the request's JSON, or from its query
// string as if that were JSON.
func route[In, Out any](method, path string, handle func(context.Context, access.Actor, In) (Out, error)) Route {
	about := appOf[In]()
	return Route{
		Method: method, Path: path, In: reflect.TypeFor[In](), Out: reflect.TypeFor[Out](),
		call: func(ctx context.Context, who access.Actor, body []byte) (any, error) {
			var in In
			if err := decode(body, &in); err != nil {
				return nil, err
			}
			if n := about(&in); n.given && !n.bad {
				httpx.Of(ctx).About(n.n)
			}
			return handle(ctx, who, in)
		},
	}
}

// appOf returns what finds the app that a request is about: its member "app", or that with the tag about:"app". It is looked for
// once, not for each request.
func appOf[In any]() func(*In) Int {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[In]()) {
		if f.Type == reflect.TypeFor[Int]() && (f.Tag.Get("json") == "app" || f.Tag.Get("about") == "app") {
			return func(in *In) Int { return *reflect.ValueOf(in).Elem().FieldByIndex(f.Index).Addr().Interface().(*Int) }
		}
	}
	return func(*In) Int { return Int{} }
}

// common makes routes answer to people too who do not have the product.
func common(list ...Route) []Route {
	for i := range list {
		list[i].Common = true
	}
	return list
}

// open makes a route answer without credentials too.
func open(r Route) Route {
	r.Open = true
	return r
}

// lasting says that a route's answers have no end of their own.
func lasting(r Route) Route {
	r.Lasting = true
	return r
}

// Call answers a request that is already authenticated: in is JSON, and so is the answer.
func (r Route) Call(ctx context.Context, who access.Actor, in []byte) (any, error) {
	return r.call(ctx, who, in)
}

// appender is an answer that writes its own JSON, because lists of records are too hot for encoding/json.
type appender interface {
	appendJSON(dst []byte) []byte
}

// encode appends an answer as JSON.
func encode(dst []byte, out any) ([]byte, error) {
	if a, ok := out.(appender); ok {
		return a.appendJSON(dst), nil
	}
	b, err := json.Marshal(out)
	return append(dst, b...), err
}

// none is an answer with nothing to say: {}.
type none struct{}
