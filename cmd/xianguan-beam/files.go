package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
)

// readFile reads a file of any file system that Beam knows.
func readFile(ctx context.Context, path string) ([]byte, error) {
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return nil, err
	}
	defer fs.Close()
	file, err := fs.OpenRead(ctx, path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// writeFile writes a file whole or not at all: an object store shows it when it is closed; elsewhere it gets its name when it is complete.
func writeFile(ctx context.Context, path string, content []byte) error {
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return err
	}
	defer fs.Close()
	local := !strings.Contains(path, "://")
	target := path
	if local {
		if target, err = temporary(path); err != nil {
			return err
		}
	}
	file, err := fs.OpenWrite(ctx, target)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil || !local {
		return err
	}
	return os.Rename(target, path)
}

// temporary makes an empty file beside a path, and its folder where there is none.
func temporary(path string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return "", err
	}
	return file.Name(), errors.Join(file.Chmod(0o644), file.Close())
}

// join puts a name to a folder of any file system.
func join(folder, name string) string { return strings.TrimSuffix(folder, "/") + "/" + name }
