// Command engawa is the server and its tools; see package cli.
package main

import (
	"os"

	"github.com/engawa/engawa/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) }
