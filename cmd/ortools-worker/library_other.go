//go:build !((darwin || linux) && (amd64 || arm64))

package main

import (
	"fmt"
	"os"
	"runtime"
)

func openLibrary(string) (*library, error) {
	return nil, fmt.Errorf("this worker can't load libraries on %s/%s, only on linux and darwin, amd64 and arm64", runtime.GOOS, runtime.GOARCH)
}

func systemNames() []string { return []string{"libortools"} }

func privateStdout() (*os.File, error) { return os.Stdout, nil }
