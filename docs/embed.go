// Package docs holds what the server tells about itself: the description of its API.
package docs

import _ "embed" // for the description

// OpenAPI is openapi.yaml, the description of the API.
//
//go:embed openapi.yaml
var OpenAPI []byte
