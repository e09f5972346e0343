// Package starter holds the project that "dossier init" makes: a small report,
// all of it invented, that has one of most things. It is clean under every
// rule, so whatever is found in it later comes from what was changed.
package starter

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

//go:embed all:project
var project embed.FS

// Files are the files of the project, by their names with slashes.
func Files() fs.FS {
	files, err := fs.Sub(project, "project")
	if err != nil {
		panic(err) // the name is right
	}
	return files
}

// ErrOccupied says that the folder holds something already.
var ErrOccupied = errors.New("the folder is not empty")

// Write makes the project in a folder, which is made when it does not exist,
// and gives the names of its files. A folder that holds anything but hidden
// files, such as those of a version control system, is left as it is, and so
// is every file that exists. When writing fails, what was written is taken away.
func Write(dir string) ([]string, error) { return write(dir, Files()) }

func write(dir string, files fs.FS) (written []string, err error) {
	if err := vacant(dir); err != nil {
		return nil, err
	}
	var made []string // files and folders, in the order in which they came
	defer func() {
		if err != nil {
			for i := len(made) - 1; i >= 0; i-- {
				os.Remove(made[i]) // a folder that holds something of others stays
			}
			written = nil
		}
	}()
	if made, err = makeFolder(dir, made); err != nil {
		return nil, err
	}
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if d.IsDir() {
			made, err = makeFolder(to, made)
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if _, err := os.Lstat(to); err == nil && path.Base(name)[0] == '.' {
			return nil // somebody's own .gitignore
		}
		f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		made, written = append(made, to), append(written, name)
		_, err = f.Write(text)
		return errors.Join(err, f.Close())
	})
	return written, err
}

// vacant reports whether a folder is missing, or holds hidden files alone.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	for _, e := range entries {
		if e.Name()[0] != '.' {
			return fmt.Errorf("%w: it holds %s", ErrOccupied, e.Name())
		}
	}
	return nil
}

// makeFolder makes a folder and those above it, and notes those that were not
// there.
func makeFolder(dir string, made []string) ([]string, error) {
	if _, err := os.Stat(dir); err == nil {
		return made, nil
	}
	if above := filepath.Dir(dir); above != dir {
		var err error
		if made, err = makeFolder(above, made); err != nil {
			return made, err
		}
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return made, err
	}
	return append(made, dir), nil
}
