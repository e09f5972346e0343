package pack

import (
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/dossier-report/dossier/generator/output"
)

// Folder looks at a package that was unpacked into a folder. The error is that
// of the context; everything else that is wrong is a finding.
//
// The folder may hold the one folder of the package in place of its files, as
// it does when a program has unpacked it into a folder of its own. Files that
// Windows and macOS put into every folder they show are ignored, and named.
func Folder(ctx context.Context, files fs.FS, opts Options) (Result, error) {
	c := newChecker(ctx, opts, -1)
	if inner := onlyFolder(files); inner != "" {
		if sub, err := fs.Sub(files, inner); err == nil {
			files = sub
		}
	}
	c.walk(files)
	c.contents()
	return c.finish()
}

// onlyFolder is the folder that holds the manifest when files do not.
func onlyFolder(files fs.FS) string {
	list, err := fs.ReadDir(files, ".")
	if err != nil {
		return ""
	}
	list = slices.DeleteFunc(list, func(d fs.DirEntry) bool { return system(d.Name()) })
	if len(list) != 1 || !list[0].IsDir() {
		return ""
	}
	if _, err := fs.Stat(files, list[0].Name()+"/"+ManifestName); err != nil {
		return ""
	}
	return list[0].Name()
}

func (c *checker) walk(files fs.FS) {
	beside := output.Names{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if ctxErr := c.ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		switch {
		case err != nil:
			c.find(CodeUnreadable, name, "cannot be read: %s", plain(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if len(c.items) > c.opts.Limits.files() {
				c.find(CodeBomb, "", "it has more files than may be looked at")
				return fs.SkipAll
			}
		case d.Type().IsRegular() && system(path.Base(name)):
			c.result.Ignored = append(c.result.Ignored, name)
		case !d.Type().IsRegular():
			c.find(CodeLink, name, "is %s", kindOf(d.Type(), 0))
		case output.CheckName(name) != nil:
			c.find(CodeUnsafe, name, "its name could lead elsewhere: %v", output.CheckName(name))
		default:
			c.add(files, name, d, &beside)
		}
		return nil
	})
	if err != nil && c.ctx.Err() == nil {
		c.find(CodeUnreadable, "", "cannot be read: %s", plain(err))
	}
}

func (c *checker) add(files fs.FS, name string, d fs.DirEntry, beside *output.Names) {
	info, err := d.Info()
	if err != nil {
		c.find(CodeUnreadable, name, "cannot be read: %s", plain(err))
		return
	}
	if other, why := beside.Add(name); why != "" {
		c.find(CodeDuplicate, name, "is there twice%s", also(other, name, why))
		return
	}
	c.items[name] = item{size: info.Size(), open: func() (io.ReadCloser, error) { return files.Open(name) }}
}

// system reports files that operating systems put into folders.
func system(base string) bool {
	return base == ".DS_Store" || strings.HasPrefix(base, "._") || strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}
